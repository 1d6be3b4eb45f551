import { Autocomplete, Button, Group, Stack } from "@mantine/core";
import { useState, type FormEvent } from "react";
import type { Kind } from "../../api/shelf";
import { allFolders, tidied, type Shelved } from "./shelf";
import { useAll } from "./useAll";
import { useShelve } from "./useShelve";

interface Props {
  kind: Kind;
  items: readonly Shelved[];
  onDone: () => void;
}

/** Which folder they go to: one that is there, or a new one by its name. */
export function MoveForm({ kind, items, onDone }: Props) {
  const [folder, setFolder] = useState(items.length === 1 ? (items[0]?.folder ?? "") : "");
  const folders = allFolders(useAll(kind));
  const shelve = useShelve(kind);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    shelve.mutate({ ids: items.map(({ id }) => id), folder: tidied(folder) }, { onSuccess: onDone });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Autocomplete
          label="Folder"
          description="A new name makes a new folder; Sales/2024 is one inside another. Leave it empty for none."
          placeholder="No folder"
          data={folders}
          maxLength={300}
          data-autofocus
          value={folder}
          onChange={setFolder}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
          <Button type="submit" loading={shelve.isPending}>
            Move
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
