import { Menu } from "@mantine/core";
import { IconDots, IconFolderOff, IconPencil } from "@tabler/icons-react";
import type { Kind } from "../../api/shelf";
import { confirmLoss } from "../../ui/confirm";
import { IconButton } from "../../ui/IconButton";
import { openRenameFolder } from "./forms";
import { lastOf, parentOf } from "./shelf";
import { useMoveFolder } from "./useShelve";

interface Props {
  kind: Kind;
  folder: string;
  /** The folder that is there afterwards. */
  onMoved: (folder: string) => void;
}

/** What can be done with a folder. What lies in it is never lost. */
export function FolderMenu({ kind, folder, onMoved }: Props) {
  const move = useMoveFolder(kind);
  const name = lastOf(folder);
  const parent = parentOf(folder);
  const askToRemove = () =>
    confirmLoss({
      title: `Remove the folder “${name}”?`,
      children: `Nothing in it is deleted: it all goes ${parent ? `to “${lastOf(parent)}”` : "to the top"}.`,
      verb: "Remove folder",
      onConfirm: () => move.mutate({ folder, to: parent }, { onSuccess: () => onMoved(parent) }),
    });
  return (
    <Menu position="bottom-start" width={200}>
      <Menu.Target>
        <IconButton label={`Actions for the folder ${name}`}>
          <IconDots size={16} />
        </IconButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconPencil size={16} stroke={1.75} />}
          onClick={() => openRenameFolder(kind, folder, onMoved)}
        >
          Rename or move…
        </Menu.Item>
        <Menu.Item leftSection={<IconFolderOff size={16} stroke={1.75} />} onClick={askToRemove}>
          Remove folder…
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
