import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import { createExperiment, emptyExperiment } from "../../api/experiments";
import type { ExperimentItem } from "../../api/types";
import { freeName } from "../../ui/freeName";
import { showProblem } from "../../ui/showProblem";

/** Makes an empty experiment and opens it. */
export function useNewExperiment(existing: readonly ExperimentItem[] | undefined) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: () => createExperiment(emptyExperiment(freeName("Untitled experiment", existing ?? []))),
    onSuccess: async (experiment) => {
      void queries.invalidateQueries({ queryKey: ["experiments"] });
      await navigate(`/experiments/${experiment.id}`);
    },
    onError: (error) => showProblem("The experiment was not created", error),
  });
}
