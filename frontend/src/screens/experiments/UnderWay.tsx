import { Button } from "@mantine/core";
import { IconPlayerStop } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { Link } from "react-router";
import { cancelRun, underWayQuery } from "../../api/runs";
import type { RunOfAll } from "../../api/types";
import { showProblem } from "../../ui/showProblem";
import { StateBadge } from "../../ui/StateBadge";
import { count, duration } from "../../ui/words";
import { useNow } from "../../ui/useNow";
import classes from "./UnderWay.module.css";

const PURPOSES = {
  experiment: "Run",
  "service job": "Service job",
  headless: "Command line",
  training: "Training again",
};

/** What runs and waits now, in all experiments; nothing where nothing does. */
export function UnderWay() {
  const { data: runs = [] } = useQuery(underWayQuery());
  const queries = useQueryClient();
  const which = runs.map(({ id, state }) => `${id} ${state}`).join();
  useEffect(() => {
    void queries.invalidateQueries({ queryKey: ["experiments"] });
  }, [queries, which]);
  if (runs.length === 0) return null;
  return (
    <section aria-label="Running and waiting" className={classes.list}>
      {runs.map((run) => (
        <UnderWayRow key={run.id} run={run} />
      ))}
    </section>
  );
}

function UnderWayRow({ run }: { run: RunOfAll }) {
  const queries = useQueryClient();
  const cancel = useMutation({
    mutationFn: () => cancelRun(run.id),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["runs"] }),
    onError: (error) => showProblem("The run was not cancelled", error),
  });
  const which = run.experiment === null ? PURPOSES[run.purpose] : `Run ${run.number}`;
  const total = Object.values(run.counts).reduce((sum, n) => sum + n, 0);
  const { queued = 0, running = 0 } = run.counts;
  const done = total - queued - running;
  return (
    <div className={classes.row}>
      <span className={classes.state}>
        <StateBadge state={run.state} />
      </span>
      {run.experiment === null ? (
        <span className={classes.name}>{run.experiment_name}</span>
      ) : (
        <Link to={`/experiments/${run.experiment}`} className={classes.name}>
          {run.experiment_name}
        </Link>
      )}
      <span className={classes.muted}>{which}</span>
      <div
        role="progressbar"
        aria-label={`Progress of ${run.experiment_name}`}
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={done}
        className={classes.track}
      >
        <span style={{ transform: `scaleX(${total ? done / total : 0})` }} />
      </div>
      <span className={classes.muted}>
        {count(done)} of {count(total)} nodes
      </span>
      <span className={classes.time}>
        <Since run={run} />
      </span>
      <Button
        size="compact-xs"
        variant="subtle"
        color="red"
        leftSection={<IconPlayerStop size={14} />}
        aria-label={`Cancel ${which.toLowerCase()} of ${run.experiment_name}`}
        loading={cancel.isPending}
        onClick={() => cancel.mutate()}
      >
        Cancel
      </Button>
    </div>
  );
}

/** How long it has run, or its place among those that wait. */
function Since({ run: { started, state, place } }: { run: RunOfAll }) {
  const now = useNow(state === "running");
  if (place) return place === 1 ? "Next in the queue" : `Number ${count(place)} in the queue`;
  return started ? duration(Math.max(0, now - Date.parse(started))) : "";
}
