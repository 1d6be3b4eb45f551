import { Button } from "@mantine/core";
import { IconFolderOpen, IconSearchOff } from "@tabler/icons-react";
import { EmptyState } from "../../ui/EmptyState";
import { lastOf } from "./shelf";
import type { Shelf } from "./useShelf";

interface Props {
  /** "experiment" or "dataset". */
  what: string;
  shelf: Shelf;
}

/** Where the list shows nothing: what was asked for, and the way back. */
export function NothingHere({ what, shelf }: Props) {
  const { folder, folders, tags, search, clear, open } = shelf;
  const words = [search.trim() && `“${search.trim()}”`, ...tags.map((tag) => `the tag “${tag}”`)];
  const asked = words.filter(Boolean).join(" and ");
  const where = folder ? ` in “${lastOf(folder)}”` : "";
  if (asked) {
    return (
      <EmptyState
        icon={<IconSearchOff size={24} stroke={1.5} />}
        title={`No ${what}${where} matches ${asked}`}
        actions={
          <Button variant="default" onClick={clear}>
            Clear the search
          </Button>
        }
      />
    );
  }
  return (
    <EmptyState
      icon={<IconFolderOpen size={24} stroke={1.5} />}
      title={folders.length > 0 ? `Every ${what}${where} lies in a folder` : `No ${what}${where}`}
      actions={
        folder ? (
          <Button variant="default" onClick={() => open("")}>
            Go to the top
          </Button>
        ) : null
      }
    >
      {folders.length > 0 ? "Open one of the folders above." : "What lay here was moved or deleted."}
    </EmptyState>
  );
}
