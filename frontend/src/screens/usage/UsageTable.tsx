import { Link } from "react-router";
import { ListTable } from "../../ui/ListTable";
import { Pages, usePage } from "../../ui/Pages";
import { sorted, useOrder } from "../../ui/useOrder";
import { bytes, count } from "../../ui/words";
import list from "../../ui/ListNotes.module.css";

interface Item {
  id: string;
  name: string;
  parts: number;
  bytes: number;
}

type Key = "name" | "parts" | "bytes";

interface Props {
  label: string;
  /** Where an item's own page is, without its id. */
  path: string;
  /** What an item has several of. */
  parts: string;
  items: readonly Item[];
}

/** Things and the space they take, the largest first. */
export function UsageTable({ label, path, parts, items }: Props) {
  const order = useOrder<Key>("bytes", true, ["bytes", "parts"]);
  const page = usePage(sorted(items, (item) => item[order.by], order.descending));
  if (items.length === 0) return <p className={list.note}>Nothing is stored here.</p>;
  return (
    <>
      <ListTable<Item, Key>
        label={label}
        order={order}
        items={page.shown}
        columns={[
          {
            key: "name",
            label: "Name",
            sortable: true,
            cell: ({ id, name }) => (
              <Link to={`${path}/${id}`} className={list.link}>
                {name}
              </Link>
            ),
          },
          {
            key: "parts",
            label: parts,
            width: "120px",
            align: "right",
            sortable: true,
            cell: (item) => count(item.parts),
          },
          {
            key: "bytes",
            label: "Size",
            width: "120px",
            phone: "96px",
            align: "right",
            sortable: true,
            cell: (item) => bytes(item.bytes),
          },
        ]}
      />
      <Pages {...page} />
    </>
  );
}
