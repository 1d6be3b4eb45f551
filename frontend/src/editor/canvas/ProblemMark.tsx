import { Tooltip } from "@mantine/core";
import { IconExclamationMark } from "@tabler/icons-react";
import { CodeText } from "../../ui/CodeText";
import { plainText } from "../../ui/plainText";
import { useProblemText } from "../store/problems";
import classes from "./ModuleNode.module.css";

/** A quiet red mark where something is missing or wrong; the reasons on hover, and for a screen reader. */
export function ProblemMark({ id }: { id: string }) {
  const text = useProblemText(id);
  if (!text) return null;
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
        aria-label={`Problem: ${plainText(text).replaceAll("\n", " ")}`}
      >
        <IconExclamationMark size={12} stroke={3} aria-hidden />
      </span>
    </Tooltip>
  );
}
