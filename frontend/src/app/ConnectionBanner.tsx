import { IconPlugConnectedX } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { isUnreachable } from "../api/problem";
import { statusQuery } from "../api/status";
import classes from "./Banner.module.css";

const EVERY_MS = 2000;

/** Shown while the server does not answer: asks again until it does, then has every screen read anew. */
export function ConnectionBanner() {
  const queries = useQueryClient();
  const [lost, setLost] = useState(false);

  useEffect(
    () =>
      queries.getQueryCache().subscribe(({ query }) => {
        if (isUnreachable(query.state.error) || isUnreachable(query.state.fetchFailureReason)) setLost(true);
      }),
    [queries],
  );
  const probe = useQuery({
    ...statusQuery(),
    queryKey: ["status", "probe"],
    enabled: lost,
    refetchInterval: lost ? EVERY_MS : false,
    retry: false,
    gcTime: 0,
    staleTime: 0,
  });
  const back = lost && probe.isSuccess && probe.fetchStatus === "idle" && !probe.isError;
  useEffect(() => {
    if (!back) return;
    setLost(false);
    queries.removeQueries({ queryKey: ["status", "probe"] });
    void queries.invalidateQueries();
  }, [back, queries]);

  if (!lost) return null;
  return (
    <div role="status" className={classes.banner} data-tone="warning">
      <IconPlugConnectedX size={16} aria-hidden className={classes.icon} />
      <span>
        <strong>Connection lost.</strong> Trying again every two seconds. What you see may be out of date.
      </span>
    </div>
  );
}
