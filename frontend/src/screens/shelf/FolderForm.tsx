import { TextInput } from "@mantine/core";
import { useState } from "react";
import type { Kind } from "../../api/shelf";
import { DialogForm } from "../../ui/DialogForm";
import { allFolders, tidied } from "./shelf";
import { useAll } from "./useAll";
import { useMoveFolder } from "./useShelve";

interface Props {
  kind: Kind;
  folder: string;
  /** Gets the path that the folder has now. */
  onDone: (folder: string) => void;
}

/** Another path for a folder, with all that lies in it. */
export function FolderForm({ kind, folder, onDone }: Props) {
  const [path, setPath] = useState(folder);
  const folders = allFolders(useAll(kind));
  const move = useMoveFolder(kind);
  const to = tidied(path);
  const inside = to.startsWith(`${folder}/`);
  const submit = () => {
    if (to === folder) onDone(folder);
    else if (to && !inside) move.mutate({ folder, to }, { onSuccess: () => onDone(to) });
  };
  return (
    <DialogForm verb="Rename" busy={move.isPending} onSubmit={submit} onCancel={() => onDone(folder)}>
      <TextInput
        label="Folder"
        description={
          to !== folder && folders.includes(to)
            ? "A folder of this name is there: the two become one."
            : "Sales/2024 is the folder 2024 inside of Sales."
        }
        error={
          to === ""
            ? "A folder needs a name. To take things out of it, remove the folder."
            : inside
              ? "A folder cannot be moved into itself."
              : null
        }
        maxLength={300}
        data-autofocus
        value={path}
        onChange={(event) => setPath(event.currentTarget.value)}
      />
    </DialogForm>
  );
}
