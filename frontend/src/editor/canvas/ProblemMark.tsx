import { IconExclamationMark } from "@tabler/icons-react";
import { CodeText } from "../../ui/CodeText";
import { plainText } from "../../ui/plainText";
import { useProblemText } from "../store/problems";
import { Tip } from "../../ui/Tip";
import classes from "./ModuleNode.module.css";

const SAID = { wrong: "Problem", warning: "Warning", open: "Needs input" };

/**
 * A red mark where something is wrong, an amber one where something will probably go wrong, a quiet one where a node
 * still needs something; the reasons on hover, and for a screen reader.
 */
export function ProblemMark({ id }: { id: string }) {
  const wrong = useProblemText(id, "wrong");
  const warning = useProblemText(id, "warning");
  const open = useProblemText(id, "open");
  const text = [wrong, warning, open].filter(Boolean).join("\n");
  if (!text) return null;
  const weight = wrong ? "wrong" : warning ? "warning" : "open";
  const said = plainText(text).replaceAll("\n", " ");
  return (
    <Tip
      label={
        <span className={classes.reasons}>
          <CodeText>{text}</CodeText>
        </span>
      }
      openDelay={150}
    >
      <span
        className={classes.problem}
        role="img"
        data-weight={weight}
        aria-label={`${SAID[weight]}: ${said}`}
      >
        {weight !== "open" ? <IconExclamationMark size={12} stroke={3} aria-hidden /> : null}
      </span>
    </Tip>
  );
}
