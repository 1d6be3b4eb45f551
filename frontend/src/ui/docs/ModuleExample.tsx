import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import { createExperiment, experimentsQuery } from "../../api/experiments";
import type { ExampleTable, ExperimentFile, ModuleHelp } from "../../api/types";
import { freeName } from "../freeName";
import { showProblem } from "../showProblem";
import classes from "./Docs.module.css";

/** The tables that go into a module and come out of it, and a button that opens them as an experiment. */
export function ModuleExample({ module }: { module: ModuleHelp }) {
  const example = module.example;
  const opening = useOpenExample();
  if (!example) return null;
  const file = example.experiment as ExperimentFile | null;
  return (
    <section aria-label="Example" className={classes.tables}>
      <h3 className={classes.title}>Example</h3>
      {module.inputs.map(({ name, label }) => (
        <Shown key={name} label={`In: ${label}`} table={example.inputs[name]} />
      ))}
      {module.outputs.map(({ name, label }) => (
        <Shown key={name} label={`Out: ${label}`} table={example.outputs[name]} />
      ))}
      {file ? (
        <Button
          size="xs"
          variant="default"
          className={classes.open}
          loading={opening.isPending}
          onClick={() => opening.mutate(file)}
        >
          Open as an experiment
        </Button>
      ) : null}
    </section>
  );
}

function Shown({ label, table }: { label: string; table: ExampleTable | undefined }) {
  if (!table) return null;
  const more = table.total - table.rows.length;
  return (
    <div className={classes.scroll} tabIndex={0} role="group" aria-label={label}>
      <table className={classes.table}>
        <caption>{label}</caption>
        <thead>
          <tr>
            {table.columns.map(({ name, type }, place) => (
              <th key={place} scope="col" title={type}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, at) => (
            <tr key={at}>
              {row.map((cell, place) => (
                <Cell key={place} value={cell} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {table.total === 0 ? <p className={classes.quiet}>No rows.</p> : null}
      {more > 0 ? <p className={classes.quiet}>and {more} more rows</p> : null}
    </div>
  );
}

function Cell({ value }: { value: unknown }) {
  if (value === null) return <td className={classes.missing}>missing</td>;
  return <td data-number={typeof value === "number" || undefined}>{String(value)}</td>;
}

function useOpenExample() {
  const queries = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: async (file: ExperimentFile) => {
      const existing = await queries.fetchQuery(experimentsQuery());
      return createExperiment({ ...file, name: freeName(file.name, existing) });
    },
    onSuccess: async ({ id }) => {
      void queries.invalidateQueries({ queryKey: ["experiments"] });
      await navigate(`/experiments/${id}`);
    },
    onError: (error) => showProblem("The example was not opened", error),
  });
}
