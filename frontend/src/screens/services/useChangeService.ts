import { useMutation, useQueryClient } from "@tanstack/react-query";
import { changeService, serviceQuery, type Service } from "../../api/services";
import { showProblem } from "../../ui/showProblem";

/** Changes its name or limits, and shows what the server made of it. */
export function useChangeService(service: Service) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (change: Parameters<typeof changeService>[1]) => changeService(service.id, change),
    onSuccess: async (changed) => {
      queries.setQueryData(serviceQuery(service.id).queryKey, changed);
      await queries.invalidateQueries({ queryKey: ["services"] });
    },
    onError: (error) => showProblem(`“${service.name}” was not changed`, error),
  });
}
