import { SegmentedControl } from "@mantine/core";
import { useState } from "react";
import type { ManyClasses } from "../../api/evaluation";
import { count } from "../../ui/words";
import { Confusion } from "./Confusion";
import classes from "./Evaluation.module.css";
import { Metrics, metricText } from "./Metrics";

interface Props {
  data: ManyClasses;
  name: string;
  onPick: (actual: string, predicted: string) => void;
}

/** Several classes: which was taken for which, and each class by itself before any average. */
export function ManyClassesView({ data, name, onPick }: Props) {
  const [shares, setShares] = useState("counts");
  const largest = Math.max(0, ...data.per_class.map(({ rows }) => rows));
  const common = data.per_class.find(({ rows }) => rows === largest);
  return (
    <>
      <p className={classes.facts}>
        {`${count(data.rows)} rows, ${count(data.correct)} of them right (${metricText((100 * data.correct) / Math.max(1, data.rows))} %).`}
        {common
          ? ` Always guessing ${common.name} is right in ${metricText((100 * largest) / Math.max(1, data.rows))} %.`
          : ""}
        {data.other > 0 ? ` ${count(data.other)} rows of rarer classes are not shown.` : ""}
      </p>
      <div className={classes.columns}>
        <div className={classes.wide}>
          <SegmentedControl
            size="xs"
            aria-label="What the cells show"
            data={[
              { value: "counts", label: "Counts" },
              { value: "shares", label: "Shares of the true class" },
            ]}
            value={shares}
            onChange={setShares}
          />
          <Confusion
            label={`Confusion matrix of ${name}`}
            names={data.classes}
            counts={data.counts}
            shares={shares === "shares"}
            onPick={onPick}
          />
        </div>
        <div className={classes.narrow}>
          <Metrics
            label="By class"
            names={["Rows", "Precision", "Recall", "F1"]}
            rows={[
              ...data.per_class.map((one) => ({
                name: one.name,
                help: `Class ${one.name}: precision is the share of rows predicted as it that are; recall the share of its rows that are found.`,
                values: [one.rows, one.precision, one.recall, one.f1],
              })),
              {
                name: "Macro average",
                help: "The plain mean of the classes: a rare class counts as much as a common one.",
                values: [null, data.macro.precision, data.macro.recall, data.macro.f1],
              },
              {
                name: "Weighted average",
                help: "The mean of the classes, each counting as many times as it has rows.",
                values: [data.rows, data.weighted.precision, data.weighted.recall, data.weighted.f1],
              },
            ]}
          />
        </div>
      </div>
    </>
  );
}
