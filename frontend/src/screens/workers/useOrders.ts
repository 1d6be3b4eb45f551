import { useMutation, useQueryClient } from "@tanstack/react-query";
import { giveOrder, workersQuery } from "../../api/workers";
import { showProblem } from "../../ui/showProblem";

/** Gives an order to workers, who follow it within seconds. */
export function useOrders() {
  const queries = useQueryClient();
  const order = useMutation({
    mutationFn: giveOrder,
    onSuccess: (answer) => {
      queries.setQueryData(workersQuery().queryKey, answer);
      void queries.invalidateQueries({ queryKey: ["status"] });
    },
    onError: (error) => showProblem("The workers were not told", error),
  });
  return { give: order.mutate, busy: order.isPending };
}
