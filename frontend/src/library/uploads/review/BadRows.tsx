import { Button, SegmentedControl } from "@mantine/core";
import { useId } from "react";
import type { Preview } from "../../../api/review";
import { count, plural } from "../../../ui/words";
import classes from "./Review.module.css";

interface Props {
  seen: Preview;
  apart: boolean;
  onChange: (apart: boolean) => void;
  /** Skips so many lines at the beginning of the file. */
  onSkip: (lines: number) => void;
}

/** The rows that break a rule, by line, and what becomes of them. */
export function BadRows({ seen, apart, onChange, onSkip }: Props) {
  const title = useId();
  if (!seen.bad) return null;
  const { count: all, first } = seen.bad;
  const few = first.length < all ? `, of which the first ${count(first.length)} are shown` : "";
  return (
    <section className={classes.bad} aria-labelledby={title}>
      <div className={classes.badHead}>
        <h3 id={title}>
          {plural(all, "row breaks a rule", "rows break a rule")}
          {few}
        </h3>
        <SegmentedControl
          size="xs"
          aria-label="What to do with these rows"
          value={apart ? "apart" : "refuse"}
          onChange={(value) => onChange(value === "apart")}
          data={[
            { value: "refuse", label: "Import nothing" },
            { value: "apart", label: "Set them aside, import the rest" },
          ]}
        />
      </div>
      {seen.above ? (
        <p className={classes.offer}>
          {seen.above === 1 ? "The first line looks" : `The first ${seen.above} lines look`} like a title
          above the header.
          <Button size="compact-sm" onClick={() => onSkip(seen.above ?? 0)}>
            Skip {plural(seen.above, "line")}
          </Button>
        </p>
      ) : null}
      <p className={classes.facts}>
        {apart
          ? "They become a separate dataset, with the line, the reason and the original text."
          : "Nothing is imported while there are such rows. Change how the file is read, or set them aside."}
      </p>
      <div className={classes.faults} tabIndex={0} role="region" aria-label="Rows that break a rule">
        <table>
          <thead>
            <tr>
              <th scope="col">Line</th>
              <th scope="col">Reason</th>
              <th scope="col">Text in the file</th>
            </tr>
          </thead>
          <tbody>
            {first.map((row) => (
              <tr key={row.line}>
                <td data-number>{count(row.line)}</td>
                <td>{row.reason}</td>
                <td className={classes.raw}>{row.text}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
