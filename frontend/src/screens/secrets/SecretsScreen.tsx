import { Button, Group } from "@mantine/core";
import { IconPlus, IconRefresh, IconTrash } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { deleteSecret, secretsQuery, type Secret } from "../../api/secrets";
import { confirmLoss } from "../../ui/confirm";
import { EmptyState } from "../../ui/EmptyState";
import { IconButton } from "../../ui/IconButton";
import { ListPage } from "../../ui/ListPage";
import { ListTable, type ListColumn } from "../../ui/ListTable";
import { Loading } from "../../ui/Loading";
import { Pages, usePage } from "../../ui/Pages";
import { ProblemMessage } from "../../ui/ProblemMessage";
import { showProblem } from "../../ui/showProblem";
import { sorted, useOrder } from "../../ui/useOrder";
import { useTitle } from "../../ui/useTitle";
import { When } from "../../ui/When";
import list from "../../ui/ListNotes.module.css";
import { openSecretForm } from "./SecretForm";

type Key = "name" | "made_by" | "changed" | "used";

const COLUMNS: ListColumn<Secret, Key>[] = [
  { key: "name", label: "Name", sortable: true, cell: ({ name }) => <span title={name}>{name}</span> },
  { key: "made_by", label: "Made by", width: "136px", sortable: true, cell: ({ made_by }) => made_by },
  {
    key: "changed",
    label: "Value of",
    width: "136px",
    sortable: true,
    cell: ({ changed }) => (changed ? <When at={changed} /> : "–"),
  },
  {
    key: "used",
    label: "Last given",
    width: "200px",
    sortable: true,
    cell: ({ used, used_for }) => (used ? <span title={used_for ?? ""}>{<When at={used} />}</span> : "–"),
  },
];

function Verbs({ secret }: { secret: Secret }) {
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: () => deleteSecret(secret.id),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["secrets"] }),
    onError: (error) => showProblem("It was not deleted", error),
  });
  return (
    <Group gap={4} justify="flex-end" wrap="nowrap">
      <IconButton label={`Replace the value of ${secret.name}`} onClick={() => openSecretForm(secret)}>
        <IconRefresh size={16} />
      </IconButton>
      <IconButton
        label={`Delete ${secret.name}`}
        onClick={() =>
          confirmLoss({
            title: `Delete ${secret.name}?`,
            children: "Nodes that name it do not run any more.",
            verb: "Delete",
            onConfirm: () => remove.mutate(),
          })
        }
      >
        <IconTrash size={16} />
      </IconButton>
    </Group>
  );
}

/** Every secret of this person: who made it, and when a node was last given it. Values are never shown. */
export function SecretsScreen() {
  useTitle("Secrets");
  const secrets = useQuery(secretsQuery());
  const order = useOrder<Key>("name", false, ["changed", "used"]);
  const { by } = order;
  const page = usePage(sorted(secrets.data ?? [], (each) => each[by] ?? "", order.descending));
  return (
    <ListPage
      title="Secrets"
      total={secrets.data?.length}
      tools={
        <Button leftSection={<IconPlus size={16} />} onClick={() => openSecretForm()}>
          New secret
        </Button>
      }
    >
      {secrets.data ? (
        <>
          <p className={list.note}>
            Passwords and keys that nodes are given by name. Values are kept encrypted and never shown again.
          </p>
          {secrets.data.length ? (
            <>
              <ListTable
                label="Secrets"
                columns={COLUMNS}
                items={page.shown}
                order={order}
                actions={(each) => <Verbs secret={each} />}
                actionsWidth={88}
              />
              <Pages {...page} />
            </>
          ) : (
            <EmptyState title="No secrets yet">
              Keep the key of a storage account or the password of a database here, and name it at a node.
            </EmptyState>
          )}
        </>
      ) : secrets.isError ? (
        <ProblemMessage
          title="Could not load the secrets"
          error={secrets.error}
          onRetry={() => void secrets.refetch()}
        />
      ) : (
        <Loading label="Loading secrets…" />
      )}
    </ListPage>
  );
}
