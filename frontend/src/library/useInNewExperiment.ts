import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import { createExperiment, emptyExperiment, experimentsQuery } from "../api/experiments";
import { modulesQuery } from "../api/modules";
import type { Dataset } from "../api/types";
import { referenceTo } from "../graph/reference";
import { freeName } from "../ui/freeName";
import { showProblem } from "../ui/showProblem";

const PLACE = { x: 80, y: 60 };

/** Makes an experiment that begins with a dataset, at this version where it is an earlier one, under the dataset's name, and opens it. */
export function useInNewExperiment() {
  const queries = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: async ({ name, version, latest }: Pick<Dataset, "name" | "version" | "latest">) => {
      const existing = await queries.fetchQuery(experimentsQuery());
      const { modules } = await queries.fetchQuery(modulesQuery());
      const placed = referenceTo(modules, latest ? name : `${name}@${version}`);
      const nodes = placed ? [{ id: "n1", ...placed, position: PLACE }] : [];
      return createExperiment({ ...emptyExperiment(freeName(name, existing)), nodes });
    },
    onSuccess: async ({ id }) => {
      void queries.invalidateQueries({ queryKey: ["experiments"] });
      await navigate(`/experiments/${id}`);
    },
    onError: (error) => showProblem("The experiment was not created", error),
  });
}
