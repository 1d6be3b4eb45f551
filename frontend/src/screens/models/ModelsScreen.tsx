import { Select } from "@mantine/core";
import { useQueries, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useSearchParams } from "react-router";
import { artifactQuery } from "../../api/artifacts";
import { metricsQuery } from "../../api/evaluation";
import { modelsPath, readComparison, type ModelComparison } from "../../results/modelsPath";
import { EmptyState } from "../../ui/EmptyState";
import { useTitle } from "../../ui/useTitle";
import { plural } from "../../ui/words";
import { ComparedModels } from "./ComparedModels";
import classes from "./ModelsScreen.module.css";

/** Any number of models side by side: those that score one table, and datasets that are scored already. */
export function ModelsScreen() {
  const [search, setSearch] = useSearchParams();
  const comparison = readComparison(search);
  useTitle("Compare models");
  const { items, table } = comparison;
  const [label, setLabel] = useState<string | null>(null);
  const answers = useQueries({
    queries: items.map(({ kind, artifact }) =>
      kind === "model"
        ? {
            ...metricsQuery(table?.artifact ?? "", artifact, label ?? undefined),
            enabled: table !== undefined,
            retry: false,
          }
        : { ...metricsQuery(artifact, undefined, label ?? undefined), retry: false },
    ),
  });
  const shape = useQuery({
    ...artifactQuery(table?.artifact ?? items[0]?.artifact ?? ""),
    enabled: items.length > 0,
  }).data;
  if (items.length === 0)
    return (
      <EmptyState title="No models to compare">
        Open a trained model in an experiment and choose “Compare models”.
      </EmptyState>
    );
  const leave = (place: number) => setSearch(without(comparison, place), { replace: true });
  const truths = new Set(answers.flatMap(({ data }) => (data?.label ? [data.label] : [])));
  return (
    <div className={classes.screen}>
      <header className={classes.head}>
        <h1 className={classes.title}>Compare models</h1>
        <p className={classes.over}>
          {table ? `Scored on ${table.name}` : plural(items.length, "scored dataset")}
          {table && shape?.rows != null ? `, ${plural(shape.rows, "row")}` : ""}
          {truths.size === 1 ? `, measured against ${[...truths].join("")}` : ""}
        </p>
        <Select
          size="xs"
          aria-label="Column of what is true"
          placeholder="True labels: as trained"
          data={[...new Set((shape?.columns ?? []).map(({ name }) => name))]}
          value={label}
          limit={200}
          searchable
          clearable
          onChange={setLabel}
        />
      </header>
      <ComparedModels
        items={items.map((item, place) => ({
          ...item,
          measured: answers[place]?.data,
          error:
            item.kind === "model" && !table
              ? new Error("Choose a table that the model is to score.")
              : (answers[place]?.error ?? null),
        }))}
        onLeave={items.length > 1 ? leave : undefined}
      />
    </div>
  );
}

const without = ({ items, table }: ModelComparison, place: number): string =>
  modelsPath({ items: items.filter((_, at) => at !== place), table }).split("?")[1] ?? "";
