import { Text } from "@mantine/core";
import { Link } from "react-router";
import type { NetworkRecord } from "../../api/network";
import { ListTable, type ListColumn } from "../../ui/ListTable";
import { useOrder } from "../../ui/useOrder";
import { When } from "../../ui/When";
import { bytes, plural } from "../../ui/words";
import list from "../../ui/ListNotes.module.css";

type Row = Omit<NetworkRecord, "id"> & { id: string; name: string };

const HOST: ListColumn<Row> = {
  key: "host",
  label: "Host",
  cell: ({ host, refused }) => (
    <div>
      <span title={host}>{host || "No host"}</span>
      {refused ? (
        <Text size="xs" c="dimmed" lineClamp={3} title={refused}>
          Refused: {refused}
        </Text>
      ) : null}
    </div>
  ),
};

const NODE: ListColumn<Row> = {
  key: "node",
  label: "Node",
  width: "240px",
  phone: "120px",
  cell: ({ title, experiment, run }) =>
    experiment && run ? (
      <Link to={`/experiments/${experiment}/runs/${run}`} className={list.link} title={title}>
        {title}
      </Link>
    ) : (
      <span title={title}>{title}</span>
    ),
};

const OWNER: ListColumn<Row> = {
  key: "owner",
  label: "Whose",
  width: "120px",
  cell: ({ owner }) => <span title={owner}>{owner}</span>,
};

const REST: ListColumn<Row>[] = [
  {
    key: "sent",
    label: "Sent",
    width: "88px",
    align: "right",
    cell: ({ sent, refused }) => (refused ? "–" : bytes(sent)),
  },
  {
    key: "received",
    label: "Received",
    width: "96px",
    align: "right",
    cell: ({ received, refused, connections }) => (
      <span title={plural(connections, "connection")}>{refused ? "–" : bytes(received)}</span>
    ),
  },
  {
    key: "at",
    label: "When",
    width: "136px",
    phone: "96px",
    cell: ({ at }) => (at ? <When at={at} /> : "–"),
  },
];

interface Props {
  records: readonly NetworkRecord[];
  /** They are of several people. */
  everybody: boolean;
}

export function RecordTable({ records, everybody }: Props) {
  const order = useOrder<string>("at", true, []);
  const rows = records.map((one) => ({ ...one, id: String(one.id), name: one.host || "No host" }));
  const columns = [HOST, NODE, ...(everybody ? [OWNER] : []), ...REST];
  return <ListTable label="What went through the network" columns={columns} items={rows} order={order} />;
}
