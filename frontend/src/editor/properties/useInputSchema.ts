import { useQueries, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { artifactQuery } from "../../api/artifacts";
import { lastLeftQuery } from "../../api/runs";
import type { Column } from "../../api/types";
import { aboveText } from "../../graph/above";
import { findNode, nodeName, wiresByInput } from "../../graph/read";
import { datasetOf } from "../../graph/reference";
import { sameColumns } from "../../graph/schema";
import type { End, Graph } from "../../graph/types";
import { useLatestRun, useNodeRun } from "../run/hooks";
import { useStaleReason } from "../run/stale";
import { useCatalog, type LibraryCatalog } from "../store/catalog";
import { useTried } from "./fields/script/trying";
import { useEditor, useReadOnly, useShownGraph } from "../store/store";

/** The table on an input port, as far as a run, an earlier one, or the library has shown it. */
export interface InputSchema {
  columns: readonly Column[];
  /** Where their values can be looked at. */
  artifact: string | null;
  /** Where the columns are known from, in words. */
  origin: string;
  /** Why they may not be these any more; else empty. */
  stale: string;
  /** The node that the input's wire comes from. */
  source: string | null;
  waiting: boolean;
}

interface Found {
  artifact: string;
  origin: string;
}

const NONE: readonly Column[] = [];
const NO_ENDS: readonly End[] = [];

/** The columns on an input port, as far as they are known. */
export function useInputSchema(node: string, port: string | null | undefined): InputSchema {
  const catalog = useCatalog();
  const graph = useShownGraph();
  const from = port ? wiresByInput(graph).get(`${node}.${port}`)?.from : undefined;
  const ends = useMemo(() => sameColumns(graph, catalog, from), [graph, catalog, from]);
  const [end] = ends;
  const output = useNodeRun(end?.node ?? "")?.outputs[end?.port ?? ""];
  const staleReason = useStaleReason(end?.node ?? "");
  const shown = output && { artifact: output.artifact, origin: "" };
  // A prior run is shown as it was: with what it left, and nothing that came before or since.
  const readOnly = useReadOnly();
  const earlier = useLastLeft(shown || readOnly ? NO_ENDS : ends);
  const named = (found: Found | undefined, place: number): Found | undefined => {
    const nearest = place > 0 ? findNode(graph, ends[0]?.node ?? "") : undefined;
    if (!found || !nearest) return found;
    return { ...found, origin: `${found.origin}, passed on by ${nodeName(catalog, nearest)}` };
  };
  const inLibrary = ends.map((one, place) => named(datasetAt(graph, one, catalog), place)).find(Boolean);
  const before = earlier.found.map(named).find(Boolean);
  const current = staleReason ? (inLibrary ?? shown ?? before) : (shown ?? inLibrary ?? before);
  const found = readOnly ? shown : current;
  const tried = useTriedColumns(graph, end);
  const foretold = useForetold(ends);
  const { data, isPending } = useQuery({
    ...artifactQuery(found?.artifact ?? ""),
    enabled: found !== undefined,
  });
  if (tried && !readOnly && (!found || staleReason)) {
    const origin = "As they were when it was tried on a sample";
    return { columns: tried, artifact: null, origin, stale: "", source: end?.node ?? null, waiting: false };
  }
  if (foretold && !readOnly && (!found || (staleReason && found !== inLibrary))) {
    const origin = "As they will be after the run";
    return {
      columns: foretold,
      artifact: null,
      origin,
      stale: "",
      source: end?.node ?? null,
      waiting: false,
    };
  }
  return {
    columns: data?.columns ?? NONE,
    artifact: data?.columns ? (found?.artifact ?? null) : null,
    origin: found?.origin ?? "",
    stale: found === inLibrary ? "" : staleReason,
    source: end?.node ?? null,
    waiting: found ? isPending : earlier.waiting,
  };
}

/** What the server foretells of the nearest end that it can tell of. */
function useForetold(ends: readonly End[]): readonly Column[] | null {
  const foretold = useEditor((state) => state.foretold);
  const known = ends.map(({ node, port }) => foretold[node]?.[port]).find(Boolean);
  return known ? (known as readonly Column[]) : null;
}

/** What a try of the node on a sample has shown, if nothing above is another since. */
function useTriedColumns(graph: Graph, end: End | undefined): readonly Column[] | null {
  const tried = useTried((state) => (end ? state.tried[end.node] : undefined));
  return useMemo(() => {
    const output = end && tried?.answer.outputs[end.port];
    if (!end || !output?.columns || output.count !== output.columns.length) return null;
    return tried?.above === aboveText(graph, end.node) ? (output.columns as Column[]) : null;
  }, [graph, end, tried]);
}

/** By end: what its node left when it last ran. */
function useLastLeft(ends: readonly End[]): { found: (Found | undefined)[]; waiting: boolean } {
  const experiment = useEditor((state) => state.id) ?? "";
  const run = useLatestRun()?.number ?? 0;
  const answers = useQueries({
    queries: ends.map(({ node }) => ({ ...lastLeftQuery(experiment, node, run), enabled: run > 0 })),
  });
  return {
    found: answers.map(({ data }, place) => {
      const left = data?.[ends[place]?.port ?? ""];
      return left?.type === "table"
        ? { artifact: left.artifact, origin: `As run ${left.run} left them` }
        : undefined;
    }),
    waiting: answers.some(({ isLoading }) => isLoading),
  };
}

/** Of a dataset's node: what the library has of it. */
function datasetAt(graph: Graph, end: End, catalog: LibraryCatalog): Found | undefined {
  const node = findNode(graph, end.node);
  const name = node && datasetOf(catalog, node);
  const found = catalog.datasets.find((one) =>
    name === `${one.name}@${one.version}` ? true : one.latest && one.name === name,
  );
  return found?.artifact ? { artifact: found.artifact, origin: `Those of ${found.name}` } : undefined;
}
