import { Button } from "@mantine/core";
import type { ServiceProblem } from "../../api/services";
import { deepName } from "../../graph/own/find";
import { CodeText } from "../../ui/CodeText";
import { useCatalog } from "../store/catalog";
import { useEditor } from "../store/store";
import { goToNode } from "./goToNode";
import classes from "./ServicePanel.module.css";

interface Props {
  problems: readonly ServiceProblem[];
  /** Mends the problem of a node in the service; the experiment stays as it is. */
  onMend: (node: string) => void;
}

/** What keeps the experiment from being a service, each at its node, with what would mend it. */
export function CaptureProblems({ problems, onMend }: Props) {
  const file = useEditor((state) => state.root);
  const catalog = useCatalog();
  if (problems.length === 0) return null;
  return (
    <section aria-label="What stands in the way">
      <h3 className={classes.heading}>What stands in the way</h3>
      <ul className={classes.list}>
        {problems.map((problem, place) => {
          const id = problem.node ?? "";
          const name = deepName(file, catalog, id);
          return (
            <li key={place} className={classes.problem}>
              {name !== null ? (
                <button type="button" className={classes.node} onClick={() => goToNode(id)}>
                  {name}
                </button>
              ) : null}
              <p className={classes.message}>
                <CodeText>{problem.message}</CodeText>
              </p>
              {problem.repair && problem.node ? (
                <Button size="compact-sm" variant="default" onClick={() => onMend(problem.node ?? "")}>
                  {problem.repair.label}
                </Button>
              ) : null}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
