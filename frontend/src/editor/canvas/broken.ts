import { endOf } from "../../graph/read";
import type { Wire } from "../../graph/types";
import { useNodeRun } from "../run/hooks";

/** Whether rows that break rules travel on a wire, or it leads into the node that found them. */
export function useBroken(wire: Wire | undefined): boolean {
  const from = endOf(wire?.from ?? "");
  const source = useNodeRun(from.node)?.outputs[from.port];
  const target = useNodeRun(endOf(wire?.to ?? "").node)?.outputs;
  if (!wire) return false;
  if (source?.type === "table" && source.broken) return true;
  return Object.values(target ?? {}).some((output) => output.broken);
}
