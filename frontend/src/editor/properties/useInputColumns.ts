import { useQuery } from "@tanstack/react-query";
import { artifactQuery } from "../../api/artifacts";
import type { Column } from "../../api/types";
import { endOf, findNode, wiresByInput } from "../../graph/read";
import { useNodeRun } from "../../runs/hooks";
import { useCatalog } from "../catalog";
import { shownGraph, useEditor } from "../store/store";

const NONE: readonly Column[] = [];

/** The columns on an input port, as far as a run (or a dataset) has shown them. */
export function useInputColumns(node: string, port: string | null | undefined): readonly Column[] {
  const catalog = useCatalog();
  const from = useEditor((state) =>
    port ? wiresByInput(shownGraph(state)).get(`${node}.${port}`)?.from : undefined,
  );
  const source = from ? endOf(from) : null;
  const run = useNodeRun(source?.node ?? "");
  const dataset = useEditor((state) => {
    const above = source ? findNode(shownGraph(state), source.node) : undefined;
    return above?.module === "dataset" ? above.params.dataset : undefined;
  });
  const artifact =
    (source && run?.outputs[source.port]?.artifact) ??
    catalog.datasets.find((one) => one.name === dataset && one.latest)?.artifact;
  const { data } = useQuery({ ...artifactQuery(artifact ?? ""), enabled: Boolean(artifact) });
  return data?.columns ?? NONE;
}
