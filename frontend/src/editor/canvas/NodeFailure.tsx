import { useNodeRun } from "../../runs/hooks";
import { goToFailure } from "../goToFailure";
import classes from "./NodeState.module.css";

/** The first line of what went wrong, on the node itself; a click goes to the line of the script. */
export function NodeFailure({ id }: { id: string }) {
  const error = useNodeRun(id)?.error;
  if (!error) return null;
  const first = error.message.split("\n", 1)[0];
  return (
    <button
      type="button"
      className={`${classes.failure} nodrag`}
      title={error.line ? `${error.message}\n\nGo to line ${error.line} of the script` : error.message}
      onClick={(event) => {
        event.stopPropagation();
        goToFailure(id, error);
      }}
    >
      <span>
        {error.type}: {first}
      </span>
      {error.line ? <span className={classes.line}>Line {error.line}</span> : null}
    </button>
  );
}
