import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { artifactQuery } from "../../api/artifacts";
import type { Artifact } from "../../api/types";
import { ProblemMessage } from "../../ui/ProblemMessage";
import { Lines } from "./Lines";
import { OpenTable, type OwnPicture } from "./OpenTable";
import classes from "./TableView.module.css";

interface Props {
  artifactId: string;
  /** What the table is called, for those who hear it. */
  label: string;
  /** Buttons at the right end of the line of facts. */
  actions?: ReactNode;
  /** Puts a query of the table on the canvas, where there is one: SQL in DuckDB's words over `t1`. */
  onAddModule?: ((sql: string) => void) | undefined;
  /** The picture that the table has of its own, where it has one. */
  own?: ((artifact: Artifact) => OwnPicture | undefined) | undefined;
}

/** A table of any size: its facts, its rows, charts of them, and what is in each column. */
export function TableView({ artifactId, label, actions, onAddModule, own }: Props) {
  const { data, error, isPending, refetch } = useQuery(artifactQuery(artifactId));
  if (error) {
    return (
      <div className={classes.refused}>
        <ProblemMessage title="Could not open the table" error={error} onRetry={() => void refetch()} />
      </div>
    );
  }
  if (isPending) return <Waiting />;
  return (
    <OpenTable
      key={data.id}
      artifact={data}
      columns={data.columns ?? []}
      label={label}
      actions={actions}
      onAddModule={onAddModule}
      own={own?.(data)}
    />
  );
}

const Waiting = () => (
  <div className={classes.view} role="status" aria-label="Opening the table">
    <div className={classes.facts}>
      <Skeleton height={12} width={180} />
    </div>
    <Lines />
  </div>
);
