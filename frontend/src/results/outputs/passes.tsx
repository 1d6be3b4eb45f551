import { Button, Table } from "@mantine/core";
import { modals } from "@mantine/modals";
import { notifications } from "@mantine/notifications";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { passesQuery, takeBack, type Pass } from "../../api/passes";
import { EmptyState } from "../../ui/EmptyState";
import { Loading } from "../../ui/Loading";
import { ProblemMessage } from "../../ui/ProblemMessage";
import { showProblem } from "../../ui/showProblem";
import { moment } from "../../ui/words";

/** Shows which tables others may read by a token, to take one back. */
export function openPasses(): void {
  modals.open({ title: "Notebook tokens", size: 760, children: <Passes /> });
}

function Passes() {
  const passes = useQuery(passesQuery());
  if (passes.error) {
    return (
      <ProblemMessage
        title="Could not load the tokens"
        error={passes.error}
        onRetry={() => void passes.refetch()}
      />
    );
  }
  if (!passes.data) return <Loading label="Loading…" />;
  if (passes.data.items.length === 0) {
    return (
      <EmptyState title="No tokens">
        “Open in a notebook” in the Download menu of a table creates one and lists it here.
      </EmptyState>
    );
  }
  return (
    <Table.ScrollContainer minWidth={560}>
      <Table aria-label="Notebook tokens" verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Table</Table.Th>
            <Table.Th>Made</Table.Th>
            <Table.Th>Last used</Table.Th>
            <Table.Th>Ends</Table.Th>
            <Table.Th aria-label="Actions" />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {passes.data.items.map((pass) => (
            <PassRow key={pass.id} pass={pass} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function PassRow({ pass }: { pass: Pass }) {
  const queries = useQueryClient();
  const what = pass.what || pass.artifact.slice(0, 12);
  const back = useMutation({
    mutationFn: () => takeBack(pass.id),
    onSuccess: async () => {
      notifications.show({ message: `Revoked the token for ${what}.` });
      queries.removeQueries({ queryKey: ["pass", pass.artifact] });
      await queries.invalidateQueries({ queryKey: ["passes"] });
    },
    onError: (error) => showProblem("The token was not revoked", error),
  });
  return (
    <Table.Tr>
      <Table.Td>{what}</Table.Td>
      <Table.Td>{moment(pass.created)}</Table.Td>
      <Table.Td>{pass.used ? moment(pass.used) : "never"}</Table.Td>
      <Table.Td>{moment(pass.expires)}</Table.Td>
      <Table.Td ta="right">
        <Button
          size="compact-xs"
          variant="default"
          aria-label={`Revoke the token for ${what}`}
          loading={back.isPending}
          onClick={() => back.mutate()}
        >
          Revoke
        </Button>
      </Table.Td>
    </Table.Tr>
  );
}
