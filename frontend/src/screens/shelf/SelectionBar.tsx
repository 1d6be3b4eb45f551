import { Button } from "@mantine/core";
import { IconFolder, IconTag, IconTrash } from "@tabler/icons-react";
import type { Kind } from "../../api/shelf";
import { count } from "../../ui/words";
import { openMove, openTags } from "./forms";
import type { Shelved } from "./shelf";
import classes from "./Shelf.module.css";

interface Props {
  kind: Kind;
  items: readonly Shelved[];
  onClear: () => void;
  onDelete?: () => void;
}

/** What can be done with the rows that are selected. */
export function SelectionBar({ kind, items, onClear, onDelete }: Props) {
  if (items.length === 0) return null;
  return (
    <div role="toolbar" aria-label="Selected" className={classes.selection}>
      <span role="status">{count(items.length)} selected</span>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconFolder size={14} />}
        onClick={() => openMove(kind, items, onClear)}
      >
        Move to folder…
      </Button>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconTag size={14} />}
        onClick={() => openTags(kind, items)}
      >
        Tags…
      </Button>
      {onDelete ? (
        <Button
          size="xs"
          variant="subtle"
          color="red"
          leftSection={<IconTrash size={14} />}
          onClick={onDelete}
        >
          Delete…
        </Button>
      ) : null}
      <Button size="xs" variant="subtle" color="gray" onClick={onClear}>
        Clear
      </Button>
    </div>
  );
}
