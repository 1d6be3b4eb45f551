import { Button, Menu } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconBrandPython, IconChevronDown, IconSitemap, IconSql } from "@tabler/icons-react";
import type { Column } from "../../api/types";
import { copyText } from "../copyText";
import type { ShownColumn } from "./columnLayout";
import type { View } from "./usePages";
import { asPandas } from "./viewAsPandas";
import { asSql } from "./viewAsSql";

interface Props {
  columns: readonly Column[];
  shown: readonly ShownColumn[];
  view: View;
  onAddModule: ((sql: string) => void) | undefined;
}

/** What was filtered, sorted and chosen here, taken elsewhere: as a node, as a line of pandas, as SQL. */
export function ViewMenu({ columns, shown, view, onAddModule }: Props) {
  const kept = shown.map(({ column }) => column.name);
  const changed = kept.length !== columns.length || kept.some((name, place) => name !== columns[place]?.name);
  if (view.filter.length === 0 && !view.sort && !view.search && !changed) return null;
  const asked = { ...view, columns: changed ? kept : null };
  const copy = (what: string, text: string) =>
    void copyText(text).then(() => notifications.show({ message: `Copied as ${what}.` }));
  return (
    <Menu position="bottom-start" width={240}>
      <Menu.Target>
        <Button variant="subtle" color="gray" size="compact-sm" rightSection={<IconChevronDown size={14} />}>
          Use this view
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {onAddModule ? (
          <Menu.Item
            leftSection={<IconSitemap size={16} />}
            onClick={() => onAddModule(asSql(asked, columns, "t1"))}
          >
            Add as module
          </Menu.Item>
        ) : null}
        <Menu.Item
          leftSection={<IconBrandPython size={16} />}
          onClick={() => copy("pandas", asPandas(asked, columns))}
        >
          Copy as pandas
        </Menu.Item>
        <Menu.Item
          leftSection={<IconSql size={16} />}
          onClick={() => copy("SQL", asSql(asked, columns, "t1"))}
        >
          Copy as SQL
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
