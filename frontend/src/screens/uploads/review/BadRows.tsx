import { SegmentedControl } from "@mantine/core";
import { useId } from "react";
import type { Preview } from "../../../api/review";
import { count, plural } from "../../../ui/words";
import classes from "./Review.module.css";

interface Props {
  seen: Preview;
  apart: boolean;
  onChange: (apart: boolean) => void;
}

/** The rows that break a rule, by line, and what becomes of them. */
export function BadRows({ seen, apart, onChange }: Props) {
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
          aria-label="What becomes of these rows"
          value={apart ? "apart" : "refuse"}
          onChange={(value) => onChange(value === "apart")}
          data={[
            { value: "refuse", label: "Keep nothing" },
            { value: "apart", label: "Set them apart, keep the rest" },
          ]}
        />
      </div>
      <p className={classes.facts}>
        {apart
          ? "They become a dataset of their own, with the line, the reason and what stood there."
          : "Nothing is kept while there are such rows. Read the file otherwise, or set them apart."}
      </p>
      <div className={classes.faults} tabIndex={0} role="region" aria-label="Rows that break a rule">
        <table>
          <thead>
            <tr>
              <th scope="col">Line</th>
              <th scope="col">Reason</th>
              <th scope="col">What stands there</th>
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
