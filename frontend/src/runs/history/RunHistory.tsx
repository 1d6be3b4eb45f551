import { Button } from "@mantine/core";
import { IconHistory } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { runPagesQuery } from "../../api/runs";
import { EmptyState } from "../../ui/EmptyState";
import { Loading } from "../../ui/Loading";
import { ProblemMessage } from "../../ui/ProblemMessage";
import { count } from "../../ui/words";
import classes from "./RunHistory.module.css";
import { RunRow } from "./RunRow";

interface Props {
  experiment: string;
  /** Id of the run that is being looked at. */
  current?: string | undefined;
  /** Called when a run is opened, for example to close the drawer. */
  onOpen?: (() => void) | undefined;
  /** Names of nodes, to say what a run was asked to run to. */
  nodeName?: ((id: string) => string | undefined) | undefined;
}

/** An experiment's runs, newest first; each opens as it was. */
export function RunHistory({ experiment, current, onOpen, nodeName }: Props) {
  const history = useInfiniteQuery(runPagesQuery(experiment));
  if (history.isPending) return <Loading label="Loading runs…" />;
  if (!history.data) {
    return (
      <ProblemMessage
        title="Could not load the run history"
        error={history.error}
        onRetry={() => void history.refetch()}
      />
    );
  }
  const runs = history.data.pages.flatMap((page) => page.items);
  const total = history.data.pages[0]?.total ?? 0;
  if (runs.length === 0) {
    return (
      <EmptyState icon={<IconHistory size={24} stroke={1.5} />} title="No runs yet">
        Press Run in the editor. Every run is kept here as it was: its graph, its results and its log.
      </EmptyState>
    );
  }
  return (
    <div className={classes.history}>
      <ol className={classes.list} aria-label="Runs">
        {runs.map((run) => (
          <RunRow
            key={run.id}
            run={run}
            current={run.id === current}
            latest={run.id === runs[0]?.id}
            onOpen={onOpen}
            nodeName={nodeName}
          />
        ))}
      </ol>
      {history.hasNextPage ? (
        <div className={classes.more}>
          <span>
            {count(runs.length)} of {count(total)} runs
          </span>
          <Button
            variant="default"
            size="xs"
            loading={history.isFetchingNextPage}
            onClick={() => void history.fetchNextPage()}
          >
            Show older runs
          </Button>
        </div>
      ) : null}
    </div>
  );
}
