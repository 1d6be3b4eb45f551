import { useQuery } from "@tanstack/react-query";
import { datasetsQuery } from "../../api/datasets";
import { experimentsQuery } from "../../api/experiments";
import type { Kind } from "../../api/shelf";
import type { Shelved } from "./shelf";

/** All of a kind, as the list that is open has them. */
export function useAll(kind: Kind): readonly Shelved[] {
  const experiments = useQuery({ ...experimentsQuery(), enabled: kind === "experiments" });
  const datasets = useQuery({ ...datasetsQuery(), enabled: kind === "datasets" });
  return (kind === "experiments" ? experiments.data : datasets.data) ?? [];
}
