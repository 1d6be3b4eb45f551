import { Button, VisuallyHidden } from "@mantine/core";
import { showProblem } from "../../ui/showProblem";
import { useEditor } from "../store/store";
import { SCRIPT } from "../window/breakpoints";
import { applyEdits, goBack, scriptOf, useDebugged } from "./state";
import classes from "./Debugger.module.css";

/** The last statements of a script that is stopped: it can go back to each, and on from there with other code. */
export function Past({ node }: { node: string }) {
  const { state, past, passed, atStatement } = useDebugged();
  if (state !== "paused") return null;
  return (
    <>
      <p className={classes.title}>Last statements</p>
      {past.length === 0 ? (
        <p className={classes.hint}>
          None is held: the script has made no step yet, or there is no memory for it.
        </p>
      ) : (
        <p className={classes.hint}>
          Going back takes variables back. Files, printed lines, and threads and processes of the script are
          not.
        </p>
      )}
      <Edited node={node} />
      <ul className={classes.list} aria-label="Last statements">
        {past.map((one, place) => (
          <li key={one.number}>
            <button
              type="button"
              className={classes.row}
              aria-current={atStatement && place === 0 ? "step" : undefined}
              title={one.threads ? "Threads ran here; they are gone after going back." : "Go back here"}
              onClick={() =>
                void goBack(one.number).catch((problem: unknown) => showProblem("It cannot go back", problem))
              }
            >
              <VisuallyHidden>Go back to </VisuallyHidden>
              <code className={classes.statement}>{one.text}</code>
              <span className={classes.place}>
                {one.file === SCRIPT ? "" : `${one.file.split("/").at(-1)}, `}line {one.line}
                {one.threads ? " ⚠" : ""}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {passed > 0 ? (
        <p className={classes.hint}>
          {passed.toLocaleString("en")} statements since then went by too quickly to be held.
        </p>
      ) : null}
    </>
  );
}

/** Says that the script was edited while it is stopped, and goes on with that. */
function Edited({ node }: { node: string }) {
  const running = useDebugged((state) => state.script);
  const atStatement = useDebugged((state) => state.atStatement);
  const edited = useEditor(() => scriptOf(node));
  if (edited === undefined || edited === running) return null;
  if (!atStatement)
    return (
      <p className={classes.hint}>
        The script was edited. Go back to a statement to go on with the new code.
      </p>
    );
  return (
    <Button
      size="xs"
      variant="default"
      onClick={() =>
        void applyEdits(edited).catch((problem: unknown) =>
          showProblem("The edited script cannot go on from here", problem),
        )
      }
    >
      Use the edited script from here
    </Button>
  );
}
