import { showProblem } from "../../ui/showProblem";
import { goToLine } from "../window/goToLine";
import { SCRIPT } from "../window/breakpoints";
import { lookAtFrame, useDebugged, type Frame } from "./state";
import classes from "./Debugger.module.css";

/** The calls that led here, the innermost first. */
export function Stack() {
  const { stack, frame, node } = useDebugged();
  const look = (one: Frame) => {
    lookAtFrame(one.id).catch((problem: unknown) => showProblem("The frame cannot be shown", problem));
    if (node !== null && one.file === SCRIPT) goToLine(node, one.line);
  };
  return (
    <>
      <p className={classes.title}>Call stack</p>
      {stack.length === 0 ? (
        <p className={classes.hint}>The script runs. Pause it to see where it is.</p>
      ) : null}
      <ul className={classes.list} aria-label="Call stack">
        {stack.map((one) => (
          <li key={one.id}>
            <button
              type="button"
              className={classes.row}
              aria-current={one.id === frame ? "true" : undefined}
              onClick={() => look(one)}
            >
              <code>{one.name}</code>
              <span className={classes.place}>
                {one.file.split("/").at(-1)}, line {one.line}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
