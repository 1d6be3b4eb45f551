import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { giveOrder, workersQuery, type Workers } from "../../api/workers";
import { showProblem } from "../../ui/showProblem";

/** Gives an order to workers, who follow it within seconds; then what stands on every page is read again. */
export function useOrders(workers: Workers | undefined) {
  const queries = useQueryClient();
  const states = workers?.items.map(({ state }) => state).join();
  useEffect(() => {
    void queries.invalidateQueries({ queryKey: ["status"] });
  }, [queries, states]);
  const order = useMutation({
    mutationFn: giveOrder,
    onSuccess: (answer) => queries.setQueryData(workersQuery().queryKey, answer),
    onError: (error) => showProblem("The workers were not told", error),
  });
  return { give: order.mutate, busy: order.isPending };
}
