/** The three calls saving needs, told apart by what to do next. */

import { API, clientId, csrfToken, freshCsrfToken } from "../../api/client";
import { createExperiment } from "../../api/experiments";
import { problemFrom } from "../../api/problem";
import type { Experiment, ExperimentFile } from "../../api/types";
import { useSession } from "../../api/session";

export type SaveAnswer =
  | { kind: "saved"; revision: number }
  | { kind: "stale" }
  | { kind: "gone" }
  /** Worth another try later: no connection, the server is busy, or signed out. */
  | { kind: "later"; reason: string }
  /** Another try would end the same way. */
  | { kind: "refused"; reason: string };

/** Plain fetch, since a save while the page closes must be `keepalive`. */
export async function putExperiment(
  id: string,
  file: ExperimentFile,
  revision: number,
  closing = false,
): Promise<SaveAnswer> {
  let answer: Response;
  try {
    answer = await fetch(`${API}/experiments/${id}`, {
      method: "PUT",
      headers: {
        "Content-Type": "application/json",
        // A page that closes cannot wait.
        "X-CSRFToken": closing ? csrfToken() : await freshCsrfToken(),
        "X-Studio-Client": clientId,
        "If-Match": `"${revision}"`,
      },
      body: JSON.stringify(file),
      keepalive: closing,
    });
  } catch {
    return {
      kind: "later",
      reason: "the server cannot be reached. Your edits are kept here and saved once it is back.",
    };
  }
  if (answer.ok) return { kind: "saved", revision: ((await answer.json()) as Experiment).revision };
  if (answer.status === 412) return { kind: "stale" };
  if (answer.status === 404) return { kind: "gone" };
  if (answer.status === 401) {
    useSession.getState().signedOut();
    return {
      kind: "later",
      reason: "you are signed out. Your edits are kept here, and saved once you are signed in.",
    };
  }
  const reason = problemFrom(answer.status, await answer.text()).message;
  const passing = answer.status >= 500 || answer.status === 429 || answer.status === 403;
  return { kind: passing ? "later" : "refused", reason };
}

/** The experiment as the server has it now; null where it was deleted. Throws where it cannot be had. */
export async function getExperiment(id: string): Promise<Experiment | null> {
  const answer = await fetch(`${API}/experiments/${id}`, { cache: "no-store" });
  if (answer.status === 404) return null;
  if (!answer.ok) throw problemFrom(answer.status, await answer.text());
  return (await answer.json()) as Experiment;
}

/** Stores a file as a new experiment; gives its id. */
export const postExperiment = async (file: ExperimentFile): Promise<string> =>
  (await createExperiment(file)).id;
