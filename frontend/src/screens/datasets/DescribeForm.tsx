import { Textarea } from "@mantine/core";
import { modals } from "@mantine/modals";
import { useState } from "react";
import type { Dataset } from "../../api/types";
import { useChangeDataset } from "./useChangeDataset";
import { DialogForm } from "../../ui/DialogForm";

export function openDescribe(dataset: Dataset) {
  const id = modals.open({
    title: `Describe “${dataset.name}”`,
    children: <DescribeForm dataset={dataset} onDone={() => modals.close(id)} />,
  });
}

function DescribeForm({ dataset, onDone }: { dataset: Dataset; onDone: () => void }) {
  const [description, setDescription] = useState(dataset.description);
  const change = useChangeDataset(dataset);
  const submit = () => {
    change.mutate({ description: description.trim() }, { onSuccess: onDone });
  };
  return (
    <DialogForm verb="Save" busy={change.isPending} onSubmit={submit} onCancel={onDone}>
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
    </DialogForm>
  );
}
