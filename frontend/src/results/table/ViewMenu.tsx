import { Button, Menu } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import { IconBrandPython, IconChevronDown, IconSitemap, IconSql } from "@tabler/icons-react";
import { summaryQuery } from "../../api/artifacts";
import type { Artifact, Column } from "../../api/types";
import { copyText } from "../../ui/copyText";
import { showProblem } from "../../ui/showProblem";
import { summedUpWith } from "./columnBlocks";
import type { ShownColumn } from "./columnLayout";
import { traitsNeeded, traitsOf, type Traits } from "./columnTraits";
import type { View } from "./usePages";
import { asPandas } from "./viewAsPandas";
import { asSql } from "./viewAsSql";

interface Props {
  artifact: Artifact;
  columns: readonly Column[];
  shown: readonly ShownColumn[];
  view: View;
  onAddModule: ((sql: string) => void) | undefined;
}

/** What was filtered, sorted and chosen here, taken elsewhere: as a node, as a line of pandas, as SQL. */
export function ViewMenu({ artifact, columns, shown, view, onAddModule }: Props) {
  const queries = useQueryClient();
  const kept = shown.map(({ column }) => column.name);
  const changed = kept.length !== columns.length || kept.some((name, place) => name !== columns[place]?.name);
  if (view.filter.length === 0 && !view.sort && !view.search && !changed) return null;
  const asked = { ...view, columns: changed ? kept : null };
  /** Dates with a zone and categories with an order are said differently. */
  const traits = async (): Promise<Traits> => {
    const found = traitsNeeded(columns, view).map(async (source) => {
      const { window, place } = summedUpWith(artifact.rows ?? 0, columns.length, source);
      const summary = (await queries.fetchQuery(summaryQuery(artifact.id, window))).columns[place];
      return summary ? ([[summary.name, traitsOf(summary)]] as const) : [];
    });
    return new Map((await Promise.all(found)).flat());
  };
  const take = (use: (known: Traits) => void | Promise<void>) =>
    void traits()
      .then(use)
      .catch((error: unknown) => showProblem("The view could not be used", error));
  const copy = (what: string, told: (known: Traits) => string) =>
    take(async (known) => {
      await copyText(told(known));
      notifications.show({ message: `Copied as ${what}.` });
    });
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
            onClick={() => take((known) => onAddModule(asSql(asked, columns, "t1", known)))}
          >
            Add as module
          </Menu.Item>
        ) : null}
        <Menu.Item
          leftSection={<IconBrandPython size={16} />}
          onClick={() => copy("pandas", (known) => asPandas(asked, columns, known))}
        >
          Copy as pandas
        </Menu.Item>
        <Menu.Item
          leftSection={<IconSql size={16} />}
          onClick={() => copy("SQL", (known) => asSql(asked, columns, "t1", known))}
        >
          Copy as SQL
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
