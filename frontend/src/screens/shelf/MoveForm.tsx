import { Autocomplete } from "@mantine/core";
import { useState } from "react";
import type { Kind } from "../../api/shelf";
import { allFolders, tidied, type Shelved } from "./shelf";
import { useAll } from "./useAll";
import { useShelve } from "./useShelve";
import { DialogForm } from "../../ui/DialogForm";

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
  const submit = () => {
    shelve.mutate({ ids: items.map(({ id }) => id), folder: tidied(folder) }, { onSuccess: onDone });
  };
  return (
    <DialogForm verb="Move" busy={shelve.isPending} onSubmit={submit} onCancel={onDone}>
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
    </DialogForm>
  );
}
