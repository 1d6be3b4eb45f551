import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { artifactQuery } from "../../api/artifacts";
import type { Artifact } from "../../api/types";
import { Loading } from "../../ui/Loading";
import { ProblemMessage } from "../../ui/ProblemMessage";
import { bytes } from "../../ui/words";
import { DownloadLink, SaveButton } from "../outputs/TableActions";
import type { ViewProps } from "./view";
import classes from "./views.module.css";

interface Props {
  artifact: string;
  /** Of a value that can be kept: where it was left. */
  origin?: ViewProps["origin"];
  title: (facts: Artifact) => string;
  /** What is told below the title. */
  children: (facts: Artifact) => ReactNode;
}

/** A value as what it is called, how large it is, and what more its type tells. */
export function Facts({ artifact, origin, title, children }: Props) {
  const { data, error, isPending, refetch } = useQuery(artifactQuery(artifact));
  return (
    <div className={classes.view}>
      <div className={classes.bar}>
        {origin ? <SaveButton artifact={artifact} origin={origin} /> : null}
        <DownloadLink artifact={artifact} />
      </div>
      {isPending ? (
        <Loading label="Loading…" />
      ) : error ? (
        <ProblemMessage title="Could not open it" error={error} onRetry={() => void refetch()} />
      ) : (
        <div className={classes.facts} tabIndex={0} role="region" aria-label="Facts">
          <strong>{title(data)}</strong> · {bytes(data.bytes)}
          {children(data)}
        </div>
      )}
    </div>
  );
}
