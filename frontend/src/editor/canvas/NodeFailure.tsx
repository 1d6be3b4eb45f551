import { useNodeRun } from "../run/hooks";
import { failureText, firstLine } from "../../runs/failureText";
import { CodeText } from "../../ui/CodeText";
import { plainText } from "../../ui/plainText";
import { goToFailure } from "../window/goToFailure";
import classes from "./NodeState.module.css";

/** The first line of what went wrong, on the node itself; a click goes to the line of the script. */
export function NodeFailure({ id }: { id: string }) {
  const error = useNodeRun(id)?.error;
  if (!error) return null;
  const whole = plainText(failureText(error));
  return (
    <button
      type="button"
      className={`${classes.failure} nodrag`}
      title={error.line ? `${whole}\n\nGo to line ${error.line} of the script` : whole}
      onClick={(event) => {
        event.stopPropagation();
        goToFailure(id, error);
      }}
    >
      <span>
        <CodeText>{firstLine(failureText(error))}</CodeText>
      </span>
      {error.line ? <span className={classes.line}>Line {error.line}</span> : null}
    </button>
  );
}
