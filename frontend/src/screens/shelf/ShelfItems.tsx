import { Menu } from "@mantine/core";
import { IconFolder, IconTag } from "@tabler/icons-react";
import type { Kind } from "../../api/shelf";
import { openMove, openTags } from "./forms";
import type { Shelved } from "./shelf";

/** The entries of an item's menu for its folder and its tags. */
export function ShelfItems({ kind, item }: { kind: Kind; item: Shelved }) {
  return (
    <>
      <Menu.Item leftSection={<IconFolder size={16} stroke={1.75} />} onClick={() => openMove(kind, [item])}>
        Move to folder…
      </Menu.Item>
      <Menu.Item leftSection={<IconTag size={16} stroke={1.75} />} onClick={() => openTags(kind, [item])}>
        Tags…
      </Menu.Item>
    </>
  );
}
