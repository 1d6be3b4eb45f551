import { QueryCache, QueryClient, MutationCache } from "@tanstack/react-query";
import { isProblem, isUnreachable } from "./problem";
import { useSession } from "./session";

/** Whatever call it was: 401 shows the sign-in screen. */
function noticeSignedOut(error: unknown) {
  if (isProblem(error) && error.status === 401) useSession.getState().signedOut();
}

export const queries = new QueryClient({
  queryCache: new QueryCache({ onError: noticeSignedOut }),
  mutationCache: new MutationCache({ onError: noticeSignedOut }),
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      networkMode: "always",
      // A server that is away comes back; a refusal does not change by asking again.
      retry: (failures, error) => isUnreachable(error) && failures < 3,
      retryDelay: (failures) => Math.min(500 * 2 ** failures, 5_000),
    },
    mutations: { networkMode: "always" },
  },
});
