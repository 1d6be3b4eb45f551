import { notifications } from "@mantine/notifications";
import { entryOf } from "../../runs/rolledUp";
import { useQuery } from "@tanstack/react-query";
import { Suspense, type ReactNode } from "react";
import { runQuery } from "../../api/runs";
import { setParam } from "../../graph/edits";
import { modelName, nodeWithParams } from "../../graph/models";
import { endOf, nodeName } from "../../graph/read";
import type { GraphNode, PortSpec } from "../../graph/types";
import type { OwnPicture } from "../../results/table/OpenTable";
import { useShownRunId } from "../../runs/shown";
import { EmptyState } from "../../ui/EmptyState";
import { later } from "../../ui/later";
import { Loading } from "../../ui/Loading";
import { useCatalog } from "../store/catalog";
import { edit } from "../store/edit";
import { shownGraph, useEditor, useReadOnly } from "../store/store";
import { addQuery } from "./addQuery";

const EvaluationView = later(
  async () => (await import("../../results/evaluation/EvaluationView")).EvaluationView,
);
const FoldsView = later(async () => (await import("../../results/models/FoldsView")).FoldsView);
const SweepView = later(async () => (await import("../../results/models/SweepView")).SweepView);
const ImportanceView = later(
  async () => (await import("../../results/models/ImportanceView")).ImportanceView,
);

interface Drawn {
  node: GraphNode;
  artifact: string;
}

const PICTURES: Readonly<Record<string, { label: string; draw: (drawn: Drawn) => ReactNode }>> = {
  evaluation: { label: "Evaluation", draw: ({ node }) => <Evaluation node={node} /> },
  folds: { label: "Folds", draw: ({ artifact }) => <FoldsView artifact={artifact} /> },
  sweep: { label: "Sweep", draw: (drawn) => <Sweep {...drawn} /> },
  importance: { label: "Importance", draw: ({ artifact }) => <ImportanceView artifact={artifact} /> },
};

/** The picture that a module gives its output; none for most. */
export function usePicture(
  node: GraphNode,
  port: PortSpec,
  artifact: string | undefined,
): OwnPicture | undefined {
  const picture = port.shows ? PICTURES[port.shows] : undefined;
  if (!picture || !artifact) return undefined;
  return {
    label: picture.label,
    first: true,
    draw: () => (
      <Suspense fallback={<Loading label={`Opening the ${picture.label.toLowerCase()}…`} />}>
        {picture.draw({ node, artifact })}
      </Suspense>
    ),
  };
}

/** The datasets that are wired into the node, evaluated. */
function Evaluation({ node }: { node: GraphNode }) {
  const catalog = useCatalog();
  const graph = useEditor(shownGraph);
  const readOnly = useReadOnly();
  const shown = useShownRunId();
  const { data: run } = useQuery({ ...runQuery(shown ?? ""), enabled: shown !== null });
  const module = catalog.module(node.module);
  const ends = (module?.inputs ?? []).flatMap(({ name }) =>
    graph.wires.filter((wire) => wire.to === `${node.id}.${name}`).map((wire) => endOf(wire.from)),
  );
  const label =
    typeof node.params.label_column === "string" && node.params.label_column
      ? node.params.label_column
      : undefined;
  const datasets = ends.flatMap((end) => {
    const artifact = entryOf(run, end.node)?.outputs[end.port]?.artifact;
    return artifact ? [{ artifact, name: modelName(graph, catalog, end.node), label, end }] : [];
  });
  if (datasets.length === 0)
    return (
      <EmptyState title="Nothing to evaluate">Wire a scored dataset to this node, then run it.</EmptyState>
    );
  const first = datasets[0];
  const holder = first && nodeWithParams(graph, catalog, first.end.node, ["threshold"]);
  return (
    <EvaluationView
      datasets={named(datasets)}
      {...(readOnly
        ? {}
        : {
            onAddModule: (artifact: string, sql: string) => {
              const end = datasets.find((one) => one.artifact === artifact)?.end;
              if (end) addQuery(end.node, end.port, sql);
            },
          })}
      {...(holder && !readOnly
        ? {
            onUse: (threshold: number) => {
              const name = nodeName(catalog, holder);
              edit(`Set the threshold of ${name}`, (draft) =>
                setParam(draft, holder.id, "threshold", threshold, catalog.module(holder.module)),
              );
              notifications.show({
                message: `Threshold ${threshold} is set in ${name}. Run again to score by it.`,
              });
            },
          }
        : {})}
    />
  );
}

/** Two datasets of the same name are told apart by their number. */
const named = <One extends { name: string }>(datasets: readonly One[]): One[] =>
  datasets.map((one, at) => {
    const twice = datasets.filter(({ name }) => name === one.name).length > 1;
    return twice ? { ...one, name: `${one.name} (${at + 1})` } : one;
  });

function Sweep({ node, artifact }: Drawn) {
  const catalog = useCatalog();
  const graph = useEditor(shownGraph);
  const readOnly = useReadOnly();
  if (readOnly) return <SweepView artifact={artifact} />;
  const set = (params: Record<string, unknown>) => {
    const learner = nodeWithParams(graph, catalog, node.id, Object.keys(params));
    if (!learner) {
      notifications.show({ message: "No node above has all of these parameters." });
      return;
    }
    const name = nodeName(catalog, learner);
    edit(`Set the parameters of ${name}`, (draft) =>
      Object.entries({ ...params, create_trainer_mode: "single_parameter" }).reduce(
        (file, [param, value]) => setParam(file, learner.id, param, value, catalog.module(learner.module)),
        draft,
      ),
    );
    notifications.show({ message: `The parameters are set in ${name}.` });
  };
  return <SweepView artifact={artifact} onSet={set} />;
}
