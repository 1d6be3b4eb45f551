import { Button } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { isProblem } from "../api/problem";
import { CodeText } from "./CodeText";
import classes from "./ProblemMessage.module.css";

interface Props {
  error: unknown;
  /** What was being tried, for example "Could not load the datasets". */
  title?: string;
  onRetry?: (() => void) | undefined;
}

/** A refused request in words: what, why, which fields, and a way to try again. */
export function ProblemMessage({ error, title, onRetry }: Props) {
  const detail = error instanceof Error ? error.message : String(error);
  const entries = isProblem(error) ? error.errors : [];
  return (
    <div role="alert" className={classes.problem}>
      <IconAlertTriangle size={18} aria-hidden className={classes.icon} />
      <div className={classes.body}>
        <strong className={classes.title}>
          {title ?? (isProblem(error) ? error.title : "Something went wrong")}
        </strong>
        <p className={classes.detail}>
          <CodeText>{detail}</CodeText>
        </p>
        {entries.length > 0 ? (
          <ul className={classes.entries}>
            {entries.slice(0, 8).map((entry, index) => (
              <li key={index}>
                <CodeText>{entry.message}</CodeText>
              </li>
            ))}
          </ul>
        ) : null}
        {onRetry ? (
          <Button variant="default" size="xs" onClick={onRetry} className={classes.retry}>
            Try again
          </Button>
        ) : null}
      </div>
    </div>
  );
}
