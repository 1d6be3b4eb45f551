import { Text, TextInput } from "@mantine/core";
import { modals } from "@mantine/modals";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { saveAsDataset as save, type Origin } from "../../api/artifacts";
import { queries } from "../../api/queryClient";
import { DialogForm } from "../../ui/DialogForm";
import { ProblemMessage } from "../../ui/ProblemMessage";

/** Asks for a name and keeps an output as a dataset. `note` stands above the name. */
export function saveAsDataset(artifact: string, origin?: Origin, note?: string): void {
  const id = modals.open({
    title: "Save as dataset",
    children: <Form artifact={artifact} origin={origin} note={note} onDone={() => modals.close(id)} />,
  });
}

interface Props {
  artifact: string;
  origin: Origin | undefined;
  note: string | undefined;
  onDone: () => void;
}

function Form({ artifact, origin, note, onDone }: Props) {
  const [name, setName] = useState("");
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);

  const submit = async () => {
    setBusy(true);
    setError(null);
    try {
      await save(artifact, name.trim(), origin);
      void queries.invalidateQueries({ queryKey: ["datasets"] });
      notifications.show({
        color: "green",
        message: `Saved the dataset “${name.trim()}”. It is in the palette.`,
      });
      onDone();
    } catch (refused) {
      setError(refused);
      setBusy(false);
    }
  };

  return (
    <DialogForm verb="Save" busy={busy} unfit={!name.trim()} onSubmit={() => void submit()} onCancel={onDone}>
      {note ? (
        <Text size="sm" c="dimmed">
          {note}
        </Text>
      ) : null}
      <TextInput
        label="Name"
        data-autofocus
        value={name}
        maxLength={200}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {error ? <ProblemMessage error={error} title="The dataset was not saved" /> : null}
    </DialogForm>
  );
}
