import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "react-router";
import { environmentsQuery, type EnvironmentItem } from "../../api/environments";
import { ListPage } from "../../ui/ListPage";
import { ListTable, type ListColumn } from "../../ui/ListTable";
import { Loading } from "../../ui/Loading";
import { Pages, usePage } from "../../ui/Pages";
import { ProblemMessage } from "../../ui/ProblemMessage";
import { sorted, useOrder } from "../../ui/useOrder";
import { useTitle } from "../../ui/useTitle";
import { When } from "../../ui/When";
import { bytes } from "../../ui/words";
import list from "../../ui/ListNotes.module.css";
import { openEnvironmentForm } from "./EnvironmentForm";
import { EnvironmentState } from "./EnvironmentState";

type Key = "name" | "state" | "packages" | "bytes" | "used";

const COLUMNS: ListColumn<EnvironmentItem, Key>[] = [
  {
    key: "name",
    label: "Name",
    sortable: true,
    cell: ({ id, name }) => (
      <Link to={`/environments/${id}`} className={list.link} title={name}>
        {name}
      </Link>
    ),
  },
  {
    key: "state",
    label: "State",
    width: "120px",
    phone: "104px",
    sortable: true,
    cell: ({ state }) => <EnvironmentState state={state} />,
  },
  {
    key: "packages",
    label: "Beside base",
    width: "120px",
    align: "right",
    sortable: true,
    cell: ({ packages }) => packages,
  },
  {
    key: "bytes",
    label: "Size",
    width: "96px",
    align: "right",
    sortable: true,
    cell: (each) => (each.bytes ? bytes(each.bytes) : "–"),
  },
  {
    key: "used",
    label: "Last used",
    width: "136px",
    sortable: true,
    cell: ({ used }) => (used ? <When at={used} /> : "–"),
  },
];

/** Base and every environment of this person: how far each is, and what it takes. */
export function EnvironmentsScreen() {
  useTitle("Environments");
  const navigate = useNavigate();
  const environments = useQuery(environmentsQuery());
  const order = useOrder<Key>("name", false, ["packages", "bytes", "used"]);
  const page = usePage(sorted(environments.data ?? [], (each) => each[order.by] ?? "", order.descending));
  return (
    <ListPage
      title="Environments"
      total={environments.data?.length}
      tools={
        <Button
          leftSection={<IconPlus size={16} />}
          onClick={() => openEnvironmentForm(undefined, ({ id }) => void navigate(`/environments/${id}`))}
        >
          New environment
        </Button>
      }
    >
      {environments.data ? (
        <>
          <p className={list.note}>
            The packages that scripts can import. A node names its environment in its properties, or its
            script has a header that does.
          </p>
          <ListTable label="Environments" columns={COLUMNS} items={page.shown} order={order} />
          <Pages {...page} />
        </>
      ) : environments.isError ? (
        <ProblemMessage
          title="Could not load the environments"
          error={environments.error}
          onRetry={() => void environments.refetch()}
        />
      ) : (
        <Loading label="Loading environments…" />
      )}
    </ListPage>
  );
}
