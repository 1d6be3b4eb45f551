import { Radio, Stack, TextInput } from "@mantine/core";
import { modals } from "@mantine/modals";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { saveAsDataset as save, type Origin } from "../../api/artifacts";
import { queries } from "../../api/queryClient";
import { DialogForm } from "../../ui/DialogForm";
import { ProblemMessage } from "../../ui/ProblemMessage";
import { plural } from "../../ui/words";
import { isNarrowed, rowsText, type PassingRows } from "../table/passing";

/** Asks for a name and keeps an output as a dataset. Of a table that is narrowed it asks which rows. */
export function saveAsDataset(artifact: string, origin?: Origin, passing?: PassingRows): void {
  const id = modals.open({
    title: "Save as dataset",
    children: <Form artifact={artifact} origin={origin} passing={passing} onDone={() => modals.close(id)} />,
  });
}

const SHOWN = "shown";
const ALL = "all";

interface Props {
  artifact: string;
  origin: Origin | undefined;
  passing: PassingRows | undefined;
  onDone: () => void;
}

function Form({ artifact, origin, passing, onDone }: Props) {
  const [name, setName] = useState("");
  const narrowed = passing && isNarrowed(passing) ? passing : undefined;
  const [which, setWhich] = useState<string>(SHOWN);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);

  const submit = async () => {
    setBusy(true);
    setError(null);
    try {
      const { state } = await save(artifact, name.trim(), origin, which === SHOWN ? narrowed : undefined);
      void queries.invalidateQueries({ queryKey: ["datasets"] });
      notifications.show({
        color: "green",
        message:
          state === "importing"
            ? `The dataset “${name.trim()}” is being made. It is in the palette as soon as it is ready.`
            : `Saved the dataset “${name.trim()}”. It is in the palette.`,
      });
      onDone();
    } catch (refused) {
      setError(refused);
      setBusy(false);
    }
  };

  return (
    <DialogForm verb="Save" busy={busy} unfit={!name.trim()} onSubmit={() => void submit()} onCancel={onDone}>
      <TextInput
        label="Name"
        data-autofocus
        value={name}
        maxLength={200}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {narrowed ? (
        <Radio.Group label="Rows" value={which} onChange={setWhich}>
          <Stack gap={6} mt={4}>
            <Radio value={SHOWN} label={`Those shown: ${rowsText(narrowed)}`} />
            <Radio value={ALL} label={`All ${plural(narrowed.rows, "row")}`} />
          </Stack>
        </Radio.Group>
      ) : null}
      {error ? <ProblemMessage error={error} title="The dataset was not saved" /> : null}
    </DialogForm>
  );
}
