/** What of some runs can be compared: trained models, scored datasets, and tables to score. Pure. */

import { entryOf } from "../../runs/rolledUp";
import type { Run } from "../../api/types";
import { modelName } from "../../graph/models";
import { endOf, findNode, nodeName } from "../../graph/read";
import type { Catalog } from "../../graph/types";
import { wholeOnce } from "../../graph/whole";
import type { ComparedModel } from "../../results/modelsPath";

export interface Choice {
  value: string;
  label: string;
}

const UNTRAINED = "untrained_model";
const SCORED = ["scored_dataset", "scored_results"];

/** `model:ARTIFACT:NAME` or `scored:ARTIFACT:NAME`, as `readChoice` takes it apart. */
export function inRuns(runs: readonly Run[], catalog: Catalog): { models: Choice[]; scored: Choice[] } {
  const models: Choice[] = [];
  const scored: Choice[] = [];
  for (const { node, port, type, artifact, title, learner, run } of outputsOf(runs, catalog)) {
    const name = `${learner}${learner === title ? "" : `, ${title}`}${runs.length > 1 ? `, run ${run}` : ""}`;
    if (type === "model" && port !== UNTRAINED)
      models.push({ value: `model:${artifact}:${name}`, label: name });
    if (type === "table" && SCORED.includes(port) && node)
      scored.push({ value: `scored:${artifact}:${name}`, label: name });
  }
  return { models: once(models), scored: once(scored) };
}

/** `ARTIFACT:NAME` of each table that the runs left. */
export const tablesOf = (runs: readonly Run[], catalog: Catalog): Choice[] =>
  once(
    outputsOf(runs, catalog).flatMap(({ type, artifact, title, port, run }) => {
      const name = `${title}, ${port.replaceAll("_", " ")}${runs.length > 1 ? `, run ${run}` : ""}`;
      return type === "table" ? [{ value: `${artifact}:${name}`, label: name }] : [];
    }),
  );

/** Of the tables, the one that a Score Model has scored; null where none was. */
export function scoredFirst(runs: readonly Run[], tables: readonly Choice[]): string | null {
  for (const run of runs) {
    const graph = wholeOnce(run.graph);
    const scorer = graph.nodes.find(({ module }) => module === "score-model");
    const wire = scorer && graph.wires.find(({ to }) => to === `${scorer.id}.dataset`);
    const end = wire && endOf(wire.from);
    const artifact = end && entryOf(run, end.node)?.outputs[end.port]?.artifact;
    const found = tables.find(({ value }) => artifact && value.startsWith(`${artifact}:`));
    if (found) return found.value;
  }
  return null;
}

export function readChoice(value: string): ComparedModel {
  const [kind, artifact = "", ...name] = value.split(":");
  return { kind: kind === "scored" ? "scored" : "model", artifact, name: name.join(":") };
}

function outputsOf(runs: readonly Run[], catalog: Catalog) {
  return runs.flatMap((run) => {
    const graph = wholeOnce(run.graph);
    return Object.entries(run.nodes).flatMap(([node, { outputs }]) =>
      Object.entries(outputs).map(([port, { type, artifact }]) => {
        const found = findNode(graph, node);
        const title = found ? nodeName(catalog, found) : node;
        return {
          node,
          port,
          type,
          artifact,
          title,
          learner: modelName(graph, catalog, node),
          run: run.number,
        };
      }),
    );
  });
}

/** A result that several runs share, and two of one name, are offered once. */
const once = (choices: readonly Choice[]): Choice[] => {
  const seen = new Set<string>();
  return choices.filter(({ value }) => {
    const artifact = value.split(":").slice(0, -1).join(":");
    return seen.has(artifact) ? false : Boolean(seen.add(artifact));
  });
};
