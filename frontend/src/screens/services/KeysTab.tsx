import { Button } from "@mantine/core";
import { modals } from "@mantine/modals";
import { IconPlus } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { revokeKey, type Service, type ServiceKey } from "../../api/services";
import { confirmLoss } from "../../ui/confirm";
import { ListTable } from "../../ui/ListTable";
import { showProblem } from "../../ui/showProblem";
import { useOrder } from "../../ui/useOrder";
import { When } from "../../ui/When";
import { bytes, count } from "../../ui/words";
import { NewKeyForm } from "./NewKeyForm";
import classes from "./ServiceScreen.module.css";

type Key = "name" | "created" | "used" | "limits";

/** Who may call it. Keys are shown once, when they are made; here are their names and their last use. */
export function KeysTab({ service }: { service: Service }) {
  const order = useOrder<Key>("created", false);
  const add = () =>
    modals.open({
      title: "New key",
      children: <NewKeyForm service={service} onDone={() => modals.closeAll()} />,
    });
  return (
    <>
      <p className={classes.note}>
        A program sends its key as <code>Authorization: Bearer KEY</code>. A key opens the calls of this
        service and nothing else. Studio keeps no key itself: who lost one makes another.
      </p>
      {service.keys.length === 0 ? (
        <p className={classes.note}>There is no key. Only you can call it, signed in or by your own token.</p>
      ) : (
        <ListTable<ServiceKey, Key>
          label="Keys"
          order={order}
          items={service.keys}
          columns={[
            { key: "name", label: "Name", cell: ({ name }) => name },
            { key: "created", label: "Made", width: "136px", cell: ({ created }) => <When at={created} /> },
            {
              key: "used",
              label: "Last used",
              width: "136px",
              phone: "104px",
              cell: ({ last_used }) => (last_used ? <When at={last_used} /> : "never"),
            },
            { key: "limits", label: "May do", width: "220px", cell: (key) => limitsOf(key) },
          ]}
          actionsWidth={84}
          actions={(key) => <Revoke service={service} serviceKey={key} />}
        />
      )}
      <Button mt="sm" variant="default" leftSection={<IconPlus size={16} />} onClick={add}>
        New key
      </Button>
    </>
  );
}

function limitsOf({ calls_a_minute, most_bytes }: ServiceKey): string {
  const said = [
    calls_a_minute === null ? null : `${count(calls_a_minute)} calls a minute`,
    most_bytes === null ? null : `${bytes(most_bytes)} a call`,
  ].filter((text) => text !== null);
  return said.join(", ") || "any number of calls";
}

function Revoke({ service, serviceKey }: { service: Service; serviceKey: ServiceKey }) {
  const queries = useQueryClient();
  const { id, name } = serviceKey;
  const revoke = useMutation({
    mutationFn: () => revokeKey(service.id, id),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ["service", service.id] });
      await queries.invalidateQueries({ queryKey: ["services"] });
    },
    onError: (error) => showProblem("The key was not revoked", error),
  });
  const ask = () =>
    confirmLoss({
      title: `Revoke “${name}”?`,
      children: "Programs that use it are refused from now on. This cannot be undone.",
      verb: "Revoke",
      onConfirm: () => revoke.mutate(),
    });
  return (
    <Button
      size="compact-xs"
      variant="default"
      aria-label={`Revoke ${name}`}
      loading={revoke.isPending}
      onClick={ask}
    >
      Revoke
    </Button>
  );
}
