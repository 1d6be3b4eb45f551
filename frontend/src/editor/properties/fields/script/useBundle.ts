/** The zip on a node's script bundle, and the files in it that can be read as text. */

import { useQuery } from "@tanstack/react-query";
import { bundleEntriesQuery } from "../../../../api/artifacts";
import { endOf, findNode, wiresByInput } from "../../../../graph/read";
import { datasetOf } from "../../../../graph/reference";
import { useNodeRun } from "../../../run/hooks";
import { useCatalog } from "../../../store/catalog";
import { useShownGraph } from "../../../store/store";

const PORT = "script_bundle";
const READABLE = /\.(?:py|r|sql|txt|md|json|toml|csv)$/i;
const CODE = /\.(?:py|r|sql)$/i;
const MOST = 40;

export interface ScriptBundle {
  artifact: string;
  /** Code first. */
  files: readonly string[];
}

export function useBundle(node: string): ScriptBundle | null {
  const catalog = useCatalog();
  const graph = useShownGraph();
  const from = wiresByInput(graph).get(`${node}.${PORT}`)?.from;
  const end = from === undefined ? undefined : endOf(from);
  const source = end && findNode(graph, end.node);
  const left = useNodeRun(end?.node ?? "")?.outputs[end?.port ?? ""]?.artifact;
  const name = source && datasetOf(catalog, source);
  const dataset = catalog.datasets.find((one) =>
    name === `${one.name}@${one.version}` ? true : one.latest && one.name === name,
  );
  const artifact = (dataset?.artifact ?? left) || null;
  const { data } = useQuery({ ...bundleEntriesQuery(artifact ?? ""), enabled: artifact !== null });
  if (artifact === null || !data) return null;
  const names = data.entries.map((entry) => entry.name).filter((one) => READABLE.test(one));
  const ordered = [...names.filter((one) => CODE.test(one)), ...names.filter((one) => !CODE.test(one))];
  return { artifact, files: ordered.slice(0, MOST) };
}
