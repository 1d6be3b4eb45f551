import { Tooltip } from "@mantine/core";
import { IconExclamationMark } from "@tabler/icons-react";
import { CodeText } from "../../ui/CodeText";
import { plainText } from "../../ui/plainText";
import { useProblemText } from "../store/problems";
import classes from "./ModuleNode.module.css";

/**
 * A red mark where something is wrong, a quiet one where a node still needs something; the reasons on hover, and for
 * a screen reader.
 */
export function ProblemMark({ id }: { id: string }) {
  const wrong = useProblemText(id, true);
  const open = useProblemText(id, false);
  const text = [wrong, open].filter(Boolean).join("\n");
  if (!text) return null;
  const said = plainText(text).replaceAll("\n", " ");
  return (
    <Tooltip
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
        data-open={!wrong}
        aria-label={wrong ? `Problem: ${said}` : `Needs input: ${said}`}
      >
        {wrong ? <IconExclamationMark size={12} stroke={3} aria-hidden /> : null}
      </span>
    </Tooltip>
  );
}
