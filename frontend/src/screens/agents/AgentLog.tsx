import { Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { agentCallsQuery, type AgentCall } from "../../api/agents";
import { ListTable, type ListColumn } from "../../ui/ListTable";
import { Loading } from "../../ui/Loading";
import { Pages } from "../../ui/Pages";
import { ProblemMessage } from "../../ui/ProblemMessage";
import { useOrder } from "../../ui/useOrder";
import { When } from "../../ui/When";
import list from "../../ui/ListNotes.module.css";

const SIZE = 50;

type Row = AgentCall & { id: string; name: string };

const COLUMNS: ListColumn<Row>[] = [
  {
    key: "tool",
    label: "What it did",
    cell: ({ tool, about, refused }) => (
      <div>
        {tool.replaceAll("_", " ")}
        {about ? `: ${about}` : ""}
        {refused ? (
          <Text size="xs" c="dimmed" lineClamp={2} title={refused}>
            Refused: {refused}
          </Text>
        ) : null}
      </div>
    ),
  },
  { key: "agent", label: "Agent", width: "240px", cell: ({ agent }) => <span title={agent}>{agent}</span> },
  {
    key: "created",
    label: "When",
    width: "136px",
    phone: "112px",
    cell: ({ created }) => <When at={created} />,
  },
];

/** What agents did, the newest first; refusals too. */
export function AgentLog() {
  const [page, go] = useState(1);
  const order = useOrder<string>("created", true, []);
  const calls = useQuery(agentCallsQuery((page - 1) * SIZE, SIZE));
  if (calls.isError)
    return (
      <ProblemMessage
        title="Could not load the log"
        error={calls.error}
        onRetry={() => void calls.refetch()}
      />
    );
  if (!calls.data) return <Loading label="Loading the log…" />;
  const { items, total } = calls.data;
  if (total === 0) return <p className={list.note}>No agent has done anything yet.</p>;
  const rows = items.map((call, at) => ({ ...call, id: String(at), name: call.tool }));
  const pages = Math.max(1, Math.ceil(total / SIZE));
  return (
    <>
      <ListTable label="What agents did" columns={COLUMNS} items={rows} order={order} />
      <Pages page={page} pages={pages} go={go} from={(page - 1) * SIZE} total={total} shown={items} />
    </>
  );
}
