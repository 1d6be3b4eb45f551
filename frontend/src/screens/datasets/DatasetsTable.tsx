import { useState } from "react";
import { widthOf } from "../../api/datasets";
import { datasetTypeName } from "../../api/datasetTypes";
import type { Dataset } from "../../api/types";
import { ListTable, type ListColumn } from "../../ui/ListTable";
import { Pages, usePage } from "../../ui/Pages";
import { sorted, useOrder } from "../../ui/useOrder";
import { useSelection } from "../../ui/useSelection";
import { When } from "../../ui/When";
import { bytes, count } from "../../ui/words";
import { idsWith, startDragging } from "../shelf/dragging";
import { SelectionBar } from "../shelf/SelectionBar";
import { DatasetActions } from "./DatasetActions";
import { DatasetName } from "./DatasetName";
import classes from "./Datasets.module.css";
import { DatasetState } from "./DatasetState";

type Key = "name" | "type" | "rows" | "bytes" | "state" | "created";

const VALUES: Record<Key, (dataset: Dataset) => string | number | null> = {
  name: (dataset) => dataset.name,
  type: (dataset) => datasetTypeName(dataset.type),
  rows: (dataset) => dataset.rows,
  bytes: (dataset) => dataset.bytes,
  state: (dataset) => dataset.state,
  created: (dataset) => dataset.created,
};

function Shape({ dataset }: { dataset: Dataset }) {
  if (dataset.rows === null || !dataset.columns) return <span className={classes.muted}>–</span>;
  return (
    <>
      {count(dataset.rows)} × {count(widthOf(dataset))}
    </>
  );
}

export function DatasetsTable({ items }: { items: readonly Dataset[] }) {
  const order = useOrder<Key>("created", true, ["created", "bytes", "rows"]);
  const page = usePage(sorted(items, VALUES[order.by], order.descending));
  const selection = useSelection(items);
  const [renaming, rename] = useState<string | null>(null);

  const columns: ListColumn<Dataset, Key>[] = [
    {
      key: "name",
      label: "Name",
      sortable: true,
      cell: (dataset) => (
        <DatasetName dataset={dataset} renaming={renaming === dataset.id} onRenamed={() => rename(null)} />
      ),
    },
    {
      key: "type",
      label: "Type",
      width: "136px",
      sortable: true,
      cell: (dataset) => datasetTypeName(dataset.type),
    },
    {
      key: "rows",
      label: "Rows × columns",
      width: "152px",
      align: "right",
      sortable: true,
      cell: (dataset) => <Shape dataset={dataset} />,
    },
    {
      key: "bytes",
      label: "Size",
      width: "96px",
      align: "right",
      sortable: true,
      cell: (dataset) => bytes(dataset.bytes),
    },
    {
      key: "state",
      label: "State",
      width: "200px",
      phone: "104px",
      sortable: true,
      cell: (dataset) => <DatasetState dataset={dataset} />,
    },
    {
      key: "created",
      label: "Created",
      width: "136px",
      sortable: true,
      cell: (dataset) => <When at={dataset.created} />,
    },
  ];
  return (
    <>
      <SelectionBar kind="datasets" items={selection.items} onClear={selection.clear} />
      <ListTable
        label="Datasets"
        columns={columns}
        items={page.shown}
        order={order}
        selection={selection}
        onDrag={(event, dataset) => startDragging(event, idsWith(selection, dataset))}
        actions={(dataset) => <DatasetActions dataset={dataset} onRename={() => rename(dataset.id)} />}
      />
      <Pages {...page} />
    </>
  );
}
