import { useQuery } from "@tanstack/react-query";
import { Fragment, type ReactNode } from "react";
import { Link } from "react-router";
import { madeQuery } from "../api/datasets";
import type { Dataset, Lineage } from "../api/types";
import classes from "./DatasetLineage.module.css";

/** Where a dataset came from, and what was made of it. Nothing where both are empty. */
export function DatasetLineage({ dataset }: { dataset: Dataset }) {
  const made = useQuery(madeQuery(dataset.id)).data?.datasets ?? [];
  const { lineage } = dataset;
  if (!lineage && made.length === 0) return null;
  return (
    <section aria-label="Lineage" className={classes.lineage}>
      {lineage ? (
        <p>
          Saved from {lineage.node_name} in <RunLink lineage={lineage} />
          {lineage.inputs.length ? (
            <>
              , made from <Listed>{lineage.inputs.map(input)}</Listed>
            </>
          ) : null}
        </p>
      ) : null}
      {made.length ? (
        <p>
          Made from this version:{" "}
          <Listed>
            {made.map(({ id, name, version }) => (
              <DatasetLink key={id} id={id} name={name} version={version} />
            ))}
          </Listed>
        </p>
      ) : null}
    </section>
  );
}

function RunLink({ lineage: { experiment, experiment_name, run, number } }: { lineage: Lineage }) {
  if (experiment_name === null) return <>run {number} of an experiment that was deleted</>;
  return (
    <Link to={`/experiments/${experiment}/runs/${run}`} className={classes.link}>
      run {number} of {experiment_name}
    </Link>
  );
}

const input = ({ id, dataset, version }: Lineage["inputs"][number]) =>
  id === null ? (
    <span key={`${dataset}@${version}`}>
      {dataset} v{version} (deleted)
    </span>
  ) : (
    <DatasetLink key={id} id={id} name={dataset} version={version} />
  );

function DatasetLink({ id, name, version }: { id: string; name: string; version: number }) {
  return (
    <Link to={`/datasets/${id}`} className={classes.link}>
      {name} v{version}
    </Link>
  );
}

/** With commas between. */
function Listed({ children }: { children: ReactNode[] }) {
  return children.map((child, place) => (
    <Fragment key={place}>
      {place > 0 ? ", " : null}
      {child}
    </Fragment>
  ));
}
