/** The zip on a node's script bundle, and the files in it that can be read as text. */

import { useQuery } from "@tanstack/react-query";
import { bundleEntriesQuery } from "../../../../api/artifacts";
import type { Dataset } from "../../../../api/types";
import { useNodeRun } from "../../../run/hooks";
import { useCatalog } from "../../../store/catalog";
import { useShownGraph } from "../../../store/store";
import { bundleSource } from "./bundleSource";

const READABLE = /\.(?:py|r|sql|txt|md|json|toml|csv)$/i;
const CODE = /\.(?:py|r|sql)$/i;
const MOST = 40;

export interface ScriptBundle {
  artifact: string;
  /** Null: a node left the zip. */
  dataset: Dataset | null;
  /** Code first. */
  files: readonly string[];
}

export function useBundle(node: string): ScriptBundle | null {
  const catalog = useCatalog();
  const graph = useShownGraph();
  const source = bundleSource(catalog, graph, node);
  const left = useNodeRun(source?.end.node ?? "")?.outputs[source?.end.port ?? ""]?.artifact;
  const dataset = source?.dataset ?? null;
  const artifact = (dataset?.artifact ?? left) || null;
  const { data } = useQuery({ ...bundleEntriesQuery(artifact ?? ""), enabled: artifact !== null });
  if (artifact === null || !data) return null;
  const names = data.entries.map((entry) => entry.name).filter((one) => READABLE.test(one));
  const ordered = [...names.filter((one) => CODE.test(one)), ...names.filter((one) => !CODE.test(one))];
  return { artifact, dataset, files: ordered.slice(0, MOST) };
}
