import { IconAlertCircle, IconX } from "@tabler/icons-react";
import { CodeText } from "../ui/CodeText";
import { IconButton } from "../ui/IconButton";
import { lineBeside } from "../ui/plainText";
import { plural } from "../ui/words";
import { deepName } from "../graph/own/find";
import type { Problem } from "../graph/types";
import { canvasView } from "./window/view";
import { useCatalog } from "./store/catalog";
import { goToParam } from "./window/panelFocus";
import classes from "./ProblemList.module.css";
import { openLevelOf } from "./store/level";
import { select } from "./store/selection";
import { showProblems } from "./store/open";
import { useEditor, useReadOnly } from "./store/store";

/** Why the run did not start: each line goes to its node, or to the param that is wrong. */
export function ProblemList() {
  const problems = useEditor((state) => state.problems);
  const file = useEditor((state) => state.root);
  const catalog = useCatalog();
  const readOnly = useReadOnly();
  // They are the draft's; a prior run had its own.
  if (problems.length === 0 || readOnly) return null;

  const go = (problem: Problem) => {
    openLevelOf(problem.node);
    canvasView()?.reveal(problem.node);
    if (problem.param) goToParam(problem.node, problem.param);
    else select([problem.node]);
  };

  return (
    <section aria-label="Problems" className={classes.problems}>
      <div className={classes.head} role="alert">
        <IconAlertCircle size={16} aria-hidden />
        <h2 className={classes.title}>The run was not started: {plural(problems.length, "problem")}</h2>
        <IconButton label="Close the list of problems" size={24} onClick={() => showProblems([])}>
          <IconX size={14} />
        </IconButton>
      </div>
      <ul className={classes.list}>
        {problems.map((problem, index) => {
          const name = deepName(file, catalog, problem.node);
          return (
            <li key={index}>
              {name !== null ? (
                <button type="button" className={classes.problem} onClick={() => go(problem)}>
                  <span className={classes.node}>{name}</span>
                  <span>
                    <CodeText>{problem.message}</CodeText>
                    {lineBeside(problem.message, problem.line) ? (
                      <span className={classes.line}> line {problem.line}</span>
                    ) : null}
                  </span>
                </button>
              ) : (
                <p className={classes.problem}>
                  <CodeText>{problem.message}</CodeText>
                </p>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
