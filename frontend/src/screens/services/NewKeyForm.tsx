import { Button, Group, NumberInput, Stack, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { makeKey, type Service } from "../../api/services";
import { DialogForm } from "../../ui/DialogForm";
import { KeyOnce } from "../../ui/KeyOnce";
import { ProblemMessage } from "../../ui/ProblemMessage";

const MEGA = 1_000_000;

/** Names a key and says what it may do; then shows the key, this once. */
export function NewKeyForm({ service, onDone }: { service: Service; onDone: () => void }) {
  const queries = useQueryClient();
  const [name, setName] = useState("");
  const [calls, setCalls] = useState<number | string>("");
  const [size, setSize] = useState<number | string>("");
  const make = useMutation({
    mutationFn: () =>
      makeKey(service.id, {
        name: name.trim(),
        calls_a_minute: typeof calls === "number" ? calls : null,
        most_bytes: typeof size === "number" ? Math.round(size * MEGA) : null,
      }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ["service", service.id] });
      await queries.invalidateQueries({ queryKey: ["services"] });
    },
  });
  if (make.data) {
    return (
      <Stack gap="sm">
        <KeyOnce secret={make.data.key} />
        <Group justify="flex-end">
          <Button onClick={onDone}>Done</Button>
        </Group>
      </Stack>
    );
  }
  return (
    <DialogForm verb="Make the key" busy={make.isPending} onSubmit={() => make.mutate()} onCancel={onDone}>
      <TextInput
        label="Name"
        description="Who or what uses it, so that you know which to revoke"
        placeholder="Night job of the shop"
        value={name}
        maxLength={100}
        data-autofocus
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <NumberInput
        label="Most calls a minute"
        placeholder="any number"
        value={calls}
        min={1}
        max={1_000_000}
        allowDecimal={false}
        onChange={setCalls}
      />
      <NumberInput
        label="Largest call, in MB"
        placeholder="the server's own bound"
        value={size}
        min={0.001}
        onChange={setSize}
      />
      {make.error ? <ProblemMessage title="The key was not made" error={make.error} /> : null}
    </DialogForm>
  );
}
