import { useThrottledValue } from "@mantine/hooks";
import { memo } from "react";
import type { Run } from "../../api/types";
import { useCurrentRun } from "../../runs/hooks";
import { isUnderWay } from "../../runs/applyRunEvent";
import { Failures } from "./Failures";
import { RunProgress } from "./RunProgress";
import { StaleResults } from "./StaleResults";

/** Milliseconds. A run of 500 nodes has more news than anyone reads; what they come to is worked out now and then. */
const PACE = 250;

/** Below the canvas: how far a run has come, what failed in it, and which of its results are out of date. */
export function RunBar() {
  const current = useCurrentRun();
  const run = useThrottledValue(current, PACE);
  return <Bar run={run?.id === current?.id ? run : current} />;
}

const Bar = memo(function Bar({ run }: { run: Run | undefined }) {
  if (!run) return null;
  if (isUnderWay(run.state)) {
    return (
      <>
        <RunProgress run={run} />
        <Failures key={run.id} run={run} />
      </>
    );
  }
  return (
    <>
      <Failures key={run.id} run={run} />
      <StaleResults run={run} />
    </>
  );
});
