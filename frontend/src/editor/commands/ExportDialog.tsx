import { Button, Checkbox, Group, Modal, Radio, Stack, Text } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useState } from "react";
import { checkExport, exportAddress, type ScriptForm } from "../../api/experiments";
import { followDownload } from "../../ui/download";
import { showProblem } from "../../ui/showProblem";
import { saveNow } from "../store/autosave";
import { useEditor } from "../store/store";
import { closeOverlay } from "../window/overlays";

/** The experiment as a script or a notebook that runs without Studio, with its datasets if wanted. */
export function ExportDialog() {
  const id = useEditor((state) => state.id);
  const [form, setForm] = useState<ScriptForm>("py");
  const [withDatasets, setWithDatasets] = useState(true);
  const [busy, setBusy] = useState(false);
  const take = async () => {
    if (id === null) return;
    setBusy(true);
    try {
      await saveNow();
      await checkExport(id);
      followDownload(exportAddress(id, form, withDatasets));
      closeOverlay();
    } catch (error) {
      showProblem("The experiment was not exported", error);
    }
    setBusy(false);
  };
  return (
    <Modal opened onClose={closeOverlay} title="Export as a script or a notebook" size="md">
      <Stack gap="md">
        <Radio.Group label="Form" value={form} onChange={(value) => setForm(value as ScriptForm)}>
          <Stack gap="xs" mt="xs">
            <Radio
              value="py"
              label="Python script"
              description="One file in cells, which editors know by # %%"
            />
            <Radio value="ipynb" label="Notebook" description="A cell for each node, for Jupyter" />
          </Stack>
        </Radio.Group>
        <Checkbox
          label="With its datasets"
          description="A zip with the data and the package that the script calls; without, the file alone"
          checked={withDatasets}
          onChange={(event) => setWithDatasets(event.currentTarget.checked)}
        />
        <Text size="sm" c="dimmed">
          It runs with plain Python and gives the same tables. Edited, it can be imported again: its nodes
          keep their places.
        </Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={closeOverlay}>
            Cancel
          </Button>
          <Button leftSection={<IconDownload size={16} />} loading={busy} onClick={() => void take()}>
            Export
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
