import { Menu } from "@mantine/core";
import {
  IconArrowLeft,
  IconArrowNarrowDown,
  IconArrowNarrowUp,
  IconArrowRight,
  IconChartBar,
  IconCopy,
  IconEyeOff,
  IconFilter,
  IconPin,
  IconPinnedOff,
} from "@tabler/icons-react";
import { copyText } from "../../ui/copyText";
import type { ShownColumn } from "./columnLayout";

export interface ColumnVerbs {
  sort(name: string, descending: boolean): void;
  filter(name: string): void;
  draw(name: string): void;
  togglePin(source: number): void;
  moveBy(source: number, by: -1 | 1): void;
  hide(source: number): void;
}

interface Props extends ColumnVerbs {
  shown: ShownColumn;
  at: DOMRect;
  onClose: () => void;
}

/** What can be done with a column, below its head. */
export function ColumnMenu({ shown: { column, source, pinned }, at, onClose, ...verbs }: Props) {
  return (
    <Menu opened onClose={onClose} position="bottom-start" width={220} returnFocus withinPortal>
      <Menu.Target>
        <span
          style={{
            position: "fixed",
            left: at.left,
            top: at.top,
            width: at.width,
            height: at.height,
            pointerEvents: "none",
          }}
        />
      </Menu.Target>
      <Menu.Dropdown aria-label={`Column ${column.name}`}>
        <Menu.Item
          leftSection={<IconArrowNarrowUp size={16} />}
          onClick={() => verbs.sort(column.name, false)}
        >
          Sort ascending
        </Menu.Item>
        <Menu.Item
          leftSection={<IconArrowNarrowDown size={16} />}
          onClick={() => verbs.sort(column.name, true)}
        >
          Sort descending
        </Menu.Item>
        <Menu.Item leftSection={<IconFilter size={16} />} onClick={() => verbs.filter(column.name)}>
          Filter…
        </Menu.Item>
        <Menu.Item leftSection={<IconChartBar size={16} />} onClick={() => verbs.draw(column.name)}>
          Draw a chart
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item
          leftSection={pinned ? <IconPinnedOff size={16} /> : <IconPin size={16} />}
          onClick={() => verbs.togglePin(source)}
        >
          {pinned ? "Unpin" : "Pin to the left"}
        </Menu.Item>
        <Menu.Item leftSection={<IconArrowLeft size={16} />} onClick={() => verbs.moveBy(source, -1)}>
          Move left
        </Menu.Item>
        <Menu.Item leftSection={<IconArrowRight size={16} />} onClick={() => verbs.moveBy(source, 1)}>
          Move right
        </Menu.Item>
        <Menu.Item leftSection={<IconEyeOff size={16} />} onClick={() => verbs.hide(source)}>
          Hide
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconCopy size={16} />} onClick={() => void copyText(column.name)}>
          Copy the name
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
