import { PasswordInput, TextInput } from "@mantine/core";
import { modals } from "@mantine/modals";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { makeSecret, replaceSecret, type Secret } from "../../api/secrets";
import { DialogForm } from "../../ui/DialogForm";
import { ProblemMessage } from "../../ui/ProblemMessage";

interface Props {
  /** The one that gets another value; a new one where it is left out. */
  secret?: Secret | undefined;
  onDone: () => void;
}

/** Name and value of a secret. */
function SecretForm({ secret, onDone }: Props) {
  const queries = useQueryClient();
  const [name, setName] = useState("");
  const [value, setValue] = useState("");
  const save = useMutation({
    mutationFn: () => (secret ? replaceSecret(secret.id, value) : makeSecret(name.trim(), value)),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ["secrets"] });
      onDone();
    },
  });
  return (
    <DialogForm
      verb={secret ? "Replace" : "Keep it"}
      busy={save.isPending}
      unfit={(!secret && name.trim() === "") || value === ""}
      onSubmit={() => save.mutate()}
      onCancel={onDone}
    >
      {secret ? null : (
        <TextInput
          label="Name"
          description="Letters, digits and _. Nodes name it so, and scripts find its value under it"
          placeholder="STORAGE_KEY"
          value={name}
          maxLength={100}
          data-autofocus
          onChange={(event) => setName(event.currentTarget.value)}
        />
      )}
      <PasswordInput
        label="Value"
        description="Kept encrypted, and never shown again"
        value={value}
        autoComplete="off"
        data-autofocus={secret ? true : undefined}
        onChange={(event) => setValue(event.currentTarget.value)}
      />
      {save.error ? <ProblemMessage title="It was not kept" error={save.error} /> : null}
    </DialogForm>
  );
}

/** Opens the form for a new secret, or for another value of this one. */
export function openSecretForm(secret?: Secret) {
  const id = modals.open({
    title: secret ? `Another value of ${secret.name}` : "New secret",
    children: <SecretForm secret={secret} onDone={() => modals.close(id)} />,
  });
}
