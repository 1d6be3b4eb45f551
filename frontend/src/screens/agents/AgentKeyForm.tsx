import { Button, Checkbox, Group, Stack, Text, TextInput } from "@mantine/core";
import { modals } from "@mantine/modals";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { makeAgentKey } from "../../api/agents";
import { CopyButton } from "../../ui/CopyButton";
import { DialogForm } from "../../ui/DialogForm";
import { KeyOnce } from "../../ui/KeyOnce";
import { ProblemMessage } from "../../ui/ProblemMessage";

/** Name and rights of a key; then the key itself, once, and where the agent speaks. */
function AgentKeyForm({ onDone }: { onDone: () => void }) {
  const queries = useQueryClient();
  const [name, setName] = useState("");
  const [values, setValues] = useState(false);
  const make = useMutation({
    mutationFn: () => makeAgentKey(name.trim(), values),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["agent-keys"] }),
  });
  if (make.data)
    return (
      <Stack gap="md">
        <KeyOnce secret={make.data.key} />
        <Text size="sm">
          The agent speaks the Model Context Protocol at <code>{make.data.url}</code>{" "}
          <CopyButton text={make.data.url} label="Copy the address" />
        </Text>
        <Group justify="flex-end">
          <Button onClick={onDone}>Done</Button>
        </Group>
      </Stack>
    );
  return (
    <DialogForm
      verb="Make the key"
      busy={make.isPending}
      unfit={name.trim() === ""}
      onSubmit={() => make.mutate()}
      onCancel={onDone}
    >
      <TextInput
        label="Name"
        description="Proposed edits and the log say it"
        placeholder="My agent"
        value={name}
        maxLength={100}
        data-autofocus
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Checkbox
        label="May see values"
        description="Otherwise it is sent names, types and counts, but nothing that stands in a column"
        checked={values}
        onChange={(event) => setValues(event.currentTarget.checked)}
      />
      {make.error ? <ProblemMessage title="The key was not made" error={make.error} /> : null}
    </DialogForm>
  );
}

/** Opens the form for a new key. */
export function openAgentKeyForm() {
  const id = modals.open({
    title: "New key for an agent",
    children: <AgentKeyForm onDone={() => modals.close(id)} />,
  });
}
