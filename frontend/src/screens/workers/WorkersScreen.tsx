import { Button } from "@mantine/core";
import { IconPlayerPause, IconPlayerPlay } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { workersQuery } from "../../api/workers";
import { ListPage } from "../../ui/ListPage";
import { Loading } from "../../ui/Loading";
import { ProblemMessage } from "../../ui/ProblemMessage";
import { useTitle } from "../../ui/useTitle";
import { useOrders } from "./useOrders";
import { WorkersTable } from "./WorkersTable";
import list from "../../ui/ListNotes.module.css";

/** The workers that are up, what they run, and telling them to pause, to drain or to go on. */
export function WorkersScreen() {
  useTitle("Workers");
  const workers = useQuery(workersQuery());
  const { give, busy } = useOrders(workers.data);
  const held = workers.data?.paused || workers.data?.items.some(({ state }) => state !== "working");
  return (
    <ListPage
      title="Workers"
      tools={
        <>
          {held ? (
            <Button
              variant="default"
              leftSection={<IconPlayerPlay size={16} />}
              disabled={busy}
              onClick={() => give({ what: "resume" })}
            >
              Resume all
            </Button>
          ) : null}
          {workers.data?.paused ? null : (
            <Button
              leftSection={<IconPlayerPause size={16} />}
              disabled={busy || !workers.data}
              onClick={() => give({ what: "pause" })}
            >
              Pause all
            </Button>
          )}
        </>
      }
    >
      {workers.data ? (
        <>
          <p className={list.note} role="status">
            {workers.data.paused
              ? "All workers are paused, also those that start later: what runs goes on, new runs wait."
              : "Paused workers finish what runs and claim no more. Drained ones take nothing at all, and may be stopped."}
          </p>
          <WorkersTable items={workers.data.items} paused={workers.data.paused} give={give} busy={busy} />
        </>
      ) : workers.isError ? (
        <ProblemMessage
          title="Could not load the workers"
          error={workers.error}
          onRetry={() => void workers.refetch()}
        />
      ) : (
        <Loading label="Asking for workers…" />
      )}
    </ListPage>
  );
}
