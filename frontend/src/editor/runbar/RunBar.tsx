import { useCurrentRun } from "../../runs/hooks";
import { isUnderWay } from "../../runs/applyRunEvent";
import { Failures } from "./Failures";
import { RunProgress } from "./RunProgress";
import { StaleResults } from "./StaleResults";

/** Below the canvas: how far a run has come, what failed in it, and which of its results are out of date. */
export function RunBar() {
  const run = useCurrentRun();
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
      <StaleResults />
    </>
  );
}
