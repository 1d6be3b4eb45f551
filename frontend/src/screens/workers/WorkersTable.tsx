import { Button, Group } from "@mantine/core";
import { Link } from "react-router";
import type { Order, WorkerUp } from "../../api/workers";
import { ListTable } from "../../ui/ListTable";
import { useOrder } from "../../ui/useOrder";
import list from "../../ui/ListNotes.module.css";
import classes from "./WorkersScreen.module.css";

const WORDS: Record<string, string> = {
  working: "Working",
  paused: "Paused",
  draining: "Draining…",
  drained: "Drained",
  stopping: "Stopping…",
};

/** What a worker may be told, by its state and whether all are paused. */
const ORDERS: { what: Order; label: string; when: (state: string, paused: boolean) => boolean }[] = [
  { what: "pause", label: "Pause", when: (state, paused) => state === "working" && !paused },
  { what: "resume", label: "Resume", when: (state, paused) => state !== "working" && !paused },
  { what: "drain", label: "Drain", when: (state) => state === "working" || state === "paused" },
];

type Key = "host" | "state" | "nodes" | "orders";

interface Props {
  items: readonly WorkerUp[];
  /** All are told to pause: one alone cannot go on. */
  paused: boolean;
  give: (order: { what: Order; worker?: string }) => void;
  busy: boolean;
}

/** One row a worker: its host, its state, the nodes that it runs, and what it may be told. */
export function WorkersTable({ items, paused, give, busy }: Props) {
  const order = useOrder<Key>("host", false);
  if (items.length === 0) return <p className={list.note}>No worker is up. Runs and uploads wait.</p>;
  return (
    <ListTable<WorkerUp & { id: string }, Key>
      label="Workers"
      order={order}
      items={items.map((item) => ({ ...item, id: item.name }))}
      columns={[
        {
          key: "host",
          label: "Host",
          cell: ({ name, host, sandbox }) => (
            <>
              <span title={name}>{host}</span>
              <span className={classes.sandbox}>{sandbox}</span>
            </>
          ),
        },
        {
          key: "state",
          label: "State",
          width: "110px",
          phone: "90px",
          cell: ({ state }) => WORDS[state] ?? state,
        },
        { key: "nodes", label: "Runs now", cell: (item) => <Nodes {...item} /> },
        {
          key: "orders",
          label: "Orders",
          width: "190px",
          phone: "150px",
          align: "right",
          cell: ({ name, host, state }) => (
            <Group gap="xs" justify="flex-end" wrap="nowrap">
              {ORDERS.filter(({ when }) => when(state, paused)).map(({ what, label }) => (
                <Button
                  key={what}
                  size="compact-sm"
                  variant="default"
                  disabled={busy}
                  aria-label={`${label} ${host}`}
                  onClick={() => give({ what, worker: name })}
                >
                  {label}
                </Button>
              ))}
            </Group>
          ),
        },
      ]}
    />
  );
}

function Nodes({ nodes, slots, notes }: WorkerUp) {
  const told = notes.map((note) => (
    <span key={note} className={classes.trouble}>
      {note}
    </span>
  ));
  if (nodes.length === 0)
    return (
      <>
        nothing, of {slots} at once{told}
      </>
    );
  return (
    <>
      {nodes.map(({ experiment, name, run, node, title }, place) => (
        <span key={`${run}.${node}`}>
          {place > 0 ? ", " : ""}
          <Link to={`/experiments/${experiment}/runs/${run}`} className={list.link}>
            {title} in {name}
          </Link>
        </span>
      ))}
      {told}
    </>
  );
}
