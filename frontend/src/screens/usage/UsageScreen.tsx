import { Button, Progress } from "@mantine/core";
import { IconEraser } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { usageQuery, type Usage } from "../../api/usage";
import { ListPage } from "../../ui/ListPage";
import { Loading } from "../../ui/Loading";
import { ProblemMessage } from "../../ui/ProblemMessage";
import { useTitle } from "../../ui/useTitle";
import { bytes, plural } from "../../ui/words";
import { UsageTable } from "./UsageTable";
import list from "../../ui/ListNotes.module.css";
import classes from "./UsageScreen.module.css";
import { useCleanUp } from "./useCleanUp";

/** What takes the space, by experiment and by dataset, and cleaning up. */
export function UsageScreen() {
  useTitle("Usage");
  const usage = useQuery(usageQuery());
  const { ask, busy, running } = useCleanUp();
  return (
    <ListPage
      title="Usage"
      tools={
        <Button leftSection={<IconEraser size={16} />} onClick={ask} loading={busy}>
          Clean up
        </Button>
      }
    >
      {running ? (
        <p className={classes.disk} role="status">
          Cleaning up: {bytes(running.freed)} are freed so far, {plural(running.results, "result")} dropped.
          You may leave this page.
        </p>
      ) : null}
      {usage.data ? (
        <Spaces usage={usage.data} />
      ) : usage.isError ? (
        <ProblemMessage
          title="Could not load the usage"
          error={usage.error}
          onRetry={() => void usage.refetch()}
        />
      ) : (
        <Loading label="Adding up…" />
      )}
    </ListPage>
  );
}

function Spaces({ usage: { disk, experiments, datasets, jobs } }: { usage: Usage }) {
  return (
    <>
      <p className={classes.disk}>
        {bytes(disk.free)} of {bytes(disk.total)} on this disk are free.
      </p>
      <Progress value={100 * (1 - disk.free / disk.total)} aria-label="Used share of the disk" />
      <h2 className={classes.heading}>Datasets</h2>
      <UsageTable
        label="Datasets by size"
        path="/datasets"
        parts="Versions"
        items={datasets.map(({ versions, ...item }) => ({ ...item, parts: versions }))}
      />
      <h2 className={classes.heading}>Experiments</h2>
      <p className={list.note}>
        Results of all runs that are still stored. Data that several results share counts for each of them.
      </p>
      <UsageTable
        label="Experiments by size"
        path="/experiments"
        parts="Results"
        items={experiments.map(({ results, ...item }) => ({ ...item, parts: results }))}
      />
      {jobs.results > 0 && (
        <p className={list.note}>
          Jobs of services left {plural(jobs.results, "result")} more, {bytes(jobs.bytes)} in all. They are
          held for a week.
        </p>
      )}
    </>
  );
}
