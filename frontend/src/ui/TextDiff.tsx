import { Fragment } from "react";
import { lineDiff } from "./lineDiff";
import classes from "./TextDiff.module.css";

const MARKS = { same: " ", added: "+", removed: "−" } as const;

/** A script before and after, line by line; what is far from any change is left out. */
export function TextDiff({ label, before, after }: { label: string; before: string; after: string }) {
  const lines = lineDiff(before, after);
  return (
    <figure className={classes.text}>
      <figcaption className={classes.label}>{label}</figcaption>
      <pre className={classes.code} tabIndex={0} aria-label={`${label}, line by line`}>
        {lines.map((line, index) => (
          <Fragment key={index}>
            {line ? (
              <span className={classes.codeLine} data-kind={line.kind}>
                <span className={classes.number}>{line.line}</span>
                {MARKS[line.kind]} {line.text}
              </span>
            ) : (
              <span className={classes.codeLine}>
                <span className={classes.number} />⋯
              </span>
            )}
          </Fragment>
        ))}
      </pre>
    </figure>
  );
}
