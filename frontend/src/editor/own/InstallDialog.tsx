import { Button, Checkbox, Group, Modal, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { keepOwnModule, ownModulesQuery, type BroughtModule } from "../../api/ownModules";
import { queries } from "../../api/queryClient";
import { showProblem } from "../../ui/showProblem";
import { plural } from "../../ui/words";
import { closeOverlay } from "../window/overlays";
import { hint } from "../window/hint";

/** Which of the modules in a package are trusted: by name, none unless somebody says so. */
export function InstallDialog({ found }: { found: readonly BroughtModule[] }) {
  const [trusted, setTrusted] = useState<ReadonlySet<string>>(new Set());
  const [busy, setBusy] = useState(false);
  const install = async () => {
    setBusy(true);
    const chosen = found.filter(({ file }) => trusted.has(file));
    try {
      for (const { definition, needs, slug } of chosen) await keepOwnModule(definition, needs, slug ?? null);
      closeOverlay();
      hint(`${plural(chosen.length, "module")} in the palette now.`);
    } catch (error) {
      showProblem("Not every module was installed", error);
      setBusy(false);
    }
    await queries.invalidateQueries({ queryKey: ownModulesQuery().queryKey });
  };
  return (
    <Modal opened onClose={closeOverlay} title="Install modules" size="lg">
      <Stack gap="md">
        <Text size="sm">
          A module runs code of whoever made it: in the sandbox only, on the tables that you wire to it. Tick
          those that you trust.
        </Text>
        <Checkbox.Group
          label="Modules in the package"
          value={[...trusted]}
          onChange={(files) => setTrusted(new Set(files))}
        >
          <Stack gap="sm" mt="xs">
            {found.map((one) => (
              <Checkbox key={one.file} value={one.file} label={one.name} description={aboutIt(one)} />
            ))}
          </Stack>
        </Checkbox.Group>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={closeOverlay}>
            Cancel
          </Button>
          <Button loading={busy} disabled={trusted.size === 0} onClick={() => void install()}>
            {trusted.size === 0 ? "Install" : `Install ${plural(trusted.size, "module")}`}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

/** "Python. Becomes version 3 of yours. The output View has no port …" */
function aboutIt({ file, scripts, version, left_out }: BroughtModule): string {
  const code = scripts.length > 0 ? `${scripts.join(", ")} code.` : "No code of its own.";
  const place = version === null ? "New." : `You have version ${version}; what differs becomes the next one.`;
  return [`${file}.`, code, place, ...left_out].join(" ");
}
