import { Button, FileInput, Group, Select, Stack, Textarea, TextInput } from "@mantine/core";
import { modals } from "@mantine/modals";
import { useState, type FormEvent } from "react";
import { DATASET_TYPES } from "../../api/datasetTypes";
import type { DatasetType } from "../../api/types";
import { stem } from "../../library/uploads/refusal";
import { useUploads } from "../../library/uploads/store";

/** A fixed target makes the upload the next version of that dataset. */
interface Target {
  id: string;
  name: string;
  version: number;
}

export function openUploadForm(target?: Target) {
  const id = modals.open({
    title: target ? `New version of “${target.name}”` : "Upload a dataset",
    children: <UploadForm target={target} onDone={() => modals.close(id)} />,
  });
}

function UploadForm({ target, onDone }: { target: Target | undefined; onDone: () => void }) {
  const [file, setFile] = useState<File | null>(null);
  const [name, setName] = useState("");
  const [type, setType] = useState<DatasetType | null>(null);
  const [description, setDescription] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!file) return;
    useUploads.getState().add([file], {
      name: target ? undefined : name.trim() || undefined,
      type: type ?? undefined,
      description: description.trim() || undefined,
      newVersionOf: target?.id,
    });
    onDone();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <FileInput
          label="File"
          placeholder="Choose a file"
          value={file}
          onChange={setFile}
          data-autofocus
          clearable
        />
        {target ? null : (
          <TextInput
            label="Name"
            description="Experiments find the dataset by this name."
            placeholder={file ? stem(file.name) : "The file's name"}
            maxLength={200}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        )}
        <Select
          label="Format"
          placeholder="Detect from the file"
          data={DATASET_TYPES}
          value={type}
          onChange={setType}
          clearable
        />
        <Textarea
          label="Description"
          autosize
          minRows={2}
          maxRows={6}
          value={description}
          onChange={(event) => setDescription(event.currentTarget.value)}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
          <Button type="submit" disabled={!file}>
            {target ? `Upload version ${target.version + 1}` : "Upload"}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
