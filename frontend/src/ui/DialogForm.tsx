import { Button, Group, Stack } from "@mantine/core";
import type { FormEvent, ReactNode } from "react";

interface Props {
  /** What its button does: "Save". */
  verb: string;
  busy: boolean;
  /** It cannot be done yet: something is missing. */
  unfit?: boolean;
  onSubmit: () => void;
  onCancel: () => void;
  children: ReactNode;
}

/** The form of a dialog: its fields, then Cancel and what it does. */
export function DialogForm({ verb, busy, unfit, onSubmit, onCancel, children }: Props) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        {children}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" loading={busy} disabled={unfit}>
            {verb}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
