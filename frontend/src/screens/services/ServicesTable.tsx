import { Link } from "react-router";
import type { ServiceItem } from "../../api/services";
import { ListTable, type ListColumn } from "../../ui/ListTable";
import { Pages, usePage } from "../../ui/Pages";
import { sorted, useOrder } from "../../ui/useOrder";
import { When } from "../../ui/When";
import list from "../../ui/ListNotes.module.css";
import { milliseconds } from "./milliseconds";
import { ServiceActions } from "./ServiceActions";
import { ServiceState } from "./ServiceState";

type Key = "name" | "state" | "version" | "calls" | "p95" | "keys" | "updated";

const VALUES: Record<Key, (service: ServiceItem) => string | number> = {
  name: ({ name }) => name,
  state: ({ state }) => state,
  version: ({ version }) => version,
  calls: ({ calls_a_minute }) => calls_a_minute,
  p95: ({ p95 }) => p95 ?? 0,
  keys: ({ keys }) => keys,
  updated: ({ updated }) => updated,
};

const COLUMNS: ListColumn<ServiceItem, Key>[] = [
  {
    key: "name",
    label: "Name",
    sortable: true,
    cell: ({ id, name }) => (
      <Link to={`/services/${id}`} className={list.link} title={name}>
        {name}
      </Link>
    ),
  },
  {
    key: "state",
    label: "State",
    width: "136px",
    phone: "112px",
    sortable: true,
    cell: ({ state }) => <ServiceState state={state} />,
  },
  {
    key: "version",
    label: "Version",
    width: "104px",
    align: "right",
    sortable: true,
    cell: ({ version }) => version,
  },
  {
    key: "calls",
    label: "Calls a minute",
    width: "136px",
    align: "right",
    sortable: true,
    cell: ({ calls_a_minute }) => (calls_a_minute === 0 ? "–" : calls_a_minute),
  },
  {
    key: "p95",
    label: "p95",
    width: "88px",
    align: "right",
    sortable: true,
    cell: ({ p95 }) => milliseconds(p95),
  },
  { key: "keys", label: "Keys", width: "88px", align: "right", sortable: true, cell: ({ keys }) => keys },
  {
    key: "updated",
    label: "Changed",
    width: "136px",
    sortable: true,
    cell: ({ updated }) => <When at={updated} />,
  },
];

export function ServicesTable({ items }: { items: readonly ServiceItem[] }) {
  const order = useOrder<Key>("updated", true, ["updated", "keys", "version", "calls", "p95"]);
  const page = usePage(sorted(items, VALUES[order.by], order.descending));
  return (
    <>
      <ListTable
        label="Services"
        columns={COLUMNS}
        items={page.shown}
        order={order}
        actions={(service) => <ServiceActions service={service} />}
      />
      <Pages {...page} />
    </>
  );
}
