import { Button, Group, Stack, Textarea } from "@mantine/core";
import { modals } from "@mantine/modals";
import { useState, type FormEvent } from "react";
import type { Dataset } from "../../api/types";
import { useChangeDataset } from "./useChangeDataset";

export function openDescribe(dataset: Dataset) {
  const id = modals.open({
    title: `Describe “${dataset.name}”`,
    children: <DescribeForm dataset={dataset} onDone={() => modals.close(id)} />,
  });
}

function DescribeForm({ dataset, onDone }: { dataset: Dataset; onDone: () => void }) {
  const [description, setDescription] = useState(dataset.description);
  const change = useChangeDataset(dataset);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate({ description: description.trim() }, { onSuccess: onDone });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Textarea
          label="Description"
          description="Where it comes from, what a row is."
          autosize
          minRows={3}
          maxRows={12}
          data-autofocus
          value={description}
          onChange={(event) => setDescription(event.currentTarget.value)}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
          <Button type="submit" loading={change.isPending}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
