import { IconTrash } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { deleteAgentKey, type AgentKey } from "../../api/agents";
import { confirmLoss } from "../../ui/confirm";
import { IconButton } from "../../ui/IconButton";
import { ListTable, type ListColumn } from "../../ui/ListTable";
import { Pages, usePage } from "../../ui/Pages";
import { showProblem } from "../../ui/showProblem";
import { sorted, useOrder } from "../../ui/useOrder";
import { When } from "../../ui/When";

type Key = "name" | "values" | "created" | "last_used";

const COLUMNS: ListColumn<AgentKey, Key>[] = [
  { key: "name", label: "Name", sortable: true, cell: ({ name }) => <span title={name}>{name || "–"}</span> },
  {
    key: "values",
    label: "Values",
    width: "120px",
    phone: "96px",
    sortable: true,
    cell: ({ values }) => (values ? "sent" : "withheld"),
  },
  {
    key: "created",
    label: "Made",
    width: "136px",
    sortable: true,
    cell: ({ created }) => <When at={created} />,
  },
  {
    key: "last_used",
    label: "Last used",
    width: "136px",
    phone: "104px",
    sortable: true,
    cell: ({ last_used }) => (last_used ? <When at={last_used} /> : "never"),
  },
];

/** The keys that agents have, by name. */
export function AgentKeys({ keys }: { keys: AgentKey[] }) {
  const order = useOrder<Key>("name", false, ["created", "last_used"]);
  const page = usePage(sorted(keys, (each) => String(each[order.by] ?? ""), order.descending));
  return (
    <>
      <ListTable
        label="Keys of agents"
        columns={COLUMNS}
        items={page.shown}
        order={order}
        actions={(each) => <TakeBack agentKey={each} />}
      />
      <Pages {...page} />
    </>
  );
}

function TakeBack({ agentKey: { id, name } }: { agentKey: AgentKey }) {
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: () => deleteAgentKey(id),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["agent-keys"] }),
    onError: (error) => showProblem("The key was not taken back", error),
  });
  return (
    <IconButton
      label={`Take the key ${name} back`}
      onClick={() =>
        confirmLoss({
          title: `Take the key “${name}” back?`,
          children: "The agent that has it is let in no more. What it proposed and ran stays.",
          verb: "Take it back",
          onConfirm: () => remove.mutate(),
        })
      }
    >
      <IconTrash size={16} />
    </IconButton>
  );
}
