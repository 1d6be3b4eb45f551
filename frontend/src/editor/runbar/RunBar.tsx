import { useThrottledValue } from "@mantine/hooks";
import { memo } from "react";
import type { Run } from "../../api/types";
import { useCurrentRun } from "../run/hooks";
import { isUnderWay } from "../../runs/applyRunEvent";
import { Failures } from "./Failures";
import { StaleResults } from "./StaleResults";

/** Milliseconds. A run of 500 nodes has more news than anyone reads; what they come to is worked out now and then. */
const PACE = 250;

/** Below the canvas: what failed in the run, and which of its results are out of date. */
export function RunBar() {
  const current = useCurrentRun();
  const run = useThrottledValue(current, PACE);
  return <Bar run={run?.id === current?.id ? run : current} />;
}

const Bar = memo(function Bar({ run }: { run: Run | undefined }) {
  if (!run) return null;
  return (
    <>
      <Failures key={run.id} run={run} />
      {isUnderWay(run.state) ? null : <StaleResults run={run} />}
    </>
  );
});
