import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import { startRun } from "../../api/runs";
import { openSample } from "../../api/samples";
import { showProblem } from "../../ui/showProblem";

interface Wish {
  slug: string;
  /** Another copy, as the sample was at first. */
  fresh?: boolean;
}

/** Opens this person's copy of a sample, and runs it where it never ran. */
export function useOpenSample() {
  const queries = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: async ({ slug, fresh }: Wish) => {
      const experiment = await openSample(slug, fresh);
      if (!experiment.last_run)
        await startRun(experiment.id).catch((error: unknown) =>
          showProblem("The run was not started", error),
        );
      return experiment;
    },
    onSuccess: async ({ id }) => {
      void queries.invalidateQueries({ queryKey: ["experiments"] });
      await navigate(`/experiments/${id}`);
    },
    onError: (error) => showProblem("The sample was not opened", error),
  });
}
