import { useState } from "react";
import { restartScriptHelper, type HelperState } from "../../../api/scriptHelp";
import { showProblem } from "../../../ui/showProblem";
import classes from "./CodeField.module.css";

/** Who helps with the script, how long the last answer took, and a way to start it anew. */
export function HelperLine({ helper }: { helper: HelperState | null }) {
  const [restarting, setRestarting] = useState(false);
  const restart = async () => {
    setRestarting(true);
    try {
      await restartScriptHelper();
    } catch (problem) {
      showProblem("The helper was not restarted", problem);
    }
    setRestarting(false);
  };
  return (
    <p className={classes.helper} role="status" aria-label="Script helper">
      <span>{restarting ? "Restarting the helper…" : told(helper)}</span>
      <button type="button" className={classes.restart} disabled={restarting} onClick={() => void restart()}>
        Restart
      </button>
    </p>
  );
}

function told(helper: HelperState | null): string {
  if (!helper) return "Ctrl+Space shows what could stand here.";
  if (helper.busy) return "The helper is busy with another question.";
  if (helper.gone) return "The helper has ended; the next question starts another one.";
  const took = helper.seconds ? `, last answer ${Math.round(helper.seconds * 1000)} ms` : "";
  return `${helper.name} ${helper.version}${took}`;
}
