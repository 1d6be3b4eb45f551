import { SegmentedControl } from "@mantine/core";
import { useState } from "react";
import type { ModelFacts } from "../../api/models";
import { metricText } from "../evaluation/Metrics";
import { Bars } from "./Bars";
import classes from "./Models.module.css";

/** The weights of a linear model, towards one class where there are several. */
export function Weights({ facts }: { facts: ModelFacts }) {
  const [outcome, setOutcome] = useState("0");
  const place = Number(outcome);
  const odds = facts.outcomes.length > 0;
  const named = facts.outcomes[place];
  return (
    <>
      {facts.outcomes.length > 1 ? (
        <SegmentedControl
          size="xs"
          aria-label="Class"
          className={classes.faces ?? ""}
          data={facts.outcomes.map((label, at) => ({ value: String(at), label }))}
          value={outcome}
          onChange={setOutcome}
        />
      ) : null}
      <Bars
        title={
          named === undefined
            ? "Weights, in the units of the data"
            : `Weights towards ${named}, in the units of the data`
        }
        xTitle={
          odds ? "Change of the log odds for one unit more" : "Change of the prediction for one unit more"
        }
        bars={facts.weights.flatMap(({ column, values }) => {
          const value = values[place];
          if (typeof value !== "number") return [];
          return [
            {
              name: column,
              value,
              words: odds
                ? `${column}: ${metricText(value)}, odds × ${metricText(Math.exp(value))}`
                : undefined,
            },
          ];
        })}
      />
    </>
  );
}
