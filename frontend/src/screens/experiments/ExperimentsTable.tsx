import { useState } from "react";
import type { ExperimentItem } from "../../api/types";
import { ListTable, type ListColumn } from "../../ui/ListTable";
import { Pages, usePage } from "../../ui/Pages";
import { StateBadge } from "../../ui/StateBadge";
import { sorted, useOrder } from "../../ui/useOrder";
import { useSelection } from "../../ui/useSelection";
import { When } from "../../ui/When";
import { count } from "../../ui/words";
import { idsWith, startDragging } from "../shelf/dragging";
import { SelectionBar } from "../shelf/SelectionBar";
import { ExperimentActions } from "./ExperimentActions";
import { ExperimentName } from "./ExperimentName";
import classes from "./ExperimentsTable.module.css";
import { useDeleteExperiments } from "./useDeleteExperiments";

type Key = "name" | "nodes" | "run" | "updated";

const VALUES: Record<Key, (item: ExperimentItem) => string | number | null> = {
  name: (item) => item.name,
  nodes: (item) => item.nodes,
  run: (item) => item.last_run?.finished ?? item.last_run?.state ?? null,
  updated: (item) => item.updated,
};

interface Props {
  items: readonly ExperimentItem[];
}

export function ExperimentsTable({ items }: Props) {
  const order = useOrder<Key>("updated", true, ["updated", "run", "nodes"]);
  const page = usePage(sorted(items, VALUES[order.by], order.descending));
  const selection = useSelection(items);
  const askToDelete = useDeleteExperiments(selection);
  const [renaming, rename] = useState<string | null>(null);

  const columns: ListColumn<ExperimentItem, Key>[] = [
    {
      key: "name",
      label: "Name",
      sortable: true,
      cell: (item) => (
        <ExperimentName item={item} renaming={renaming === item.id} onRenamed={() => rename(null)} />
      ),
    },
    {
      key: "nodes",
      label: "Nodes",
      width: "88px",
      align: "right",
      sortable: true,
      cell: (item) => count(item.nodes),
    },
    {
      key: "run",
      label: "Last run",
      width: "240px",
      phone: "112px",
      sortable: true,
      cell: ({ last_run }) =>
        last_run ? (
          <span className={classes.run}>
            <StateBadge state={last_run.state} />
            {last_run.finished ? <When at={last_run.finished} /> : null}
          </span>
        ) : (
          <span className={classes.never}>Never run</span>
        ),
    },
    {
      key: "updated",
      label: "Updated",
      width: "144px",
      sortable: true,
      cell: (item) => <When at={item.updated} />,
    },
  ];
  return (
    <>
      <SelectionBar
        kind="experiments"
        items={selection.items}
        onClear={selection.clear}
        onDelete={askToDelete}
      />
      <ListTable
        label="Experiments"
        columns={columns}
        items={page.shown}
        order={order}
        selection={selection}
        onDrag={(event, item) => startDragging(event, idsWith(selection, item))}
        actions={(item) => <ExperimentActions item={item} onRename={() => rename(item.id)} />}
      />
      <Pages {...page} />
    </>
  );
}
