import createClient from "openapi-fetch";
import { parseExact } from "./exact";
import { problemFrom, unreachable } from "./problem";
import type { paths } from "./schema.gen";

export const API = "/api/v1";

/** One id a tab: the socket says it back, so that a tab knows its own saves from another's. */
export const clientId: string = Math.random().toString(36).slice(2, 12);

export function csrfToken(): string {
  const found = /(?:^|;\s*)csrftoken=([^;]+)/.exec(document.cookie);
  return found?.[1] ? decodeURIComponent(found[1]) : "";
}

/** The same; where its cookie alone was cleared, the server is asked for another first, so that no call is refused. */
export async function freshCsrfToken(): Promise<string> {
  if (csrfToken() === "") await window.fetch(`${API}/status`).catch(() => undefined);
  return csrfToken();
}

/** Every call of the API, typed by the server's OpenAPI document. Take answers with `answerOf`. */
export const api = createClient<paths>({
  baseUrl: window.location.origin,
  credentials: "same-origin",
  // Looked up at each call, so that a test may put another in its place.
  fetch: (call) => window.fetch(call),
});

api.use({
  async onRequest({ request }) {
    request.headers.set("Accept", "application/json");
    if (request.method !== "GET") request.headers.set("X-CSRFToken", await freshCsrfToken());
    return request;
  },
});

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The body of an answer, typed by the call. Throws a `Problem` for every answer that is not 2xx. */
export async function answerOf<T>(call: Promise<Answer<T>>): Promise<T> {
  let answer: Answer<T>;
  try {
    answer = await call;
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw unreachable();
  }
  const { data, error, response } = answer;
  if (response.ok) return data as T;
  throw problemFrom(response.status, error);
}

/** The same of a call that asked for its answer `AS_TEXT`: what is in tables keeps all its digits. */
export async function exactAnswerOf<T>(call: Promise<Answer<string>>): Promise<T> {
  return parseExact(await answerOf(call)) as T;
}

export const AS_TEXT = { parseAs: "text" } as const;

/** The address of something the browser fetches itself: a download, a picture. */
export function apiUrl(path: string, query: Record<string, string | undefined> = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value) search.set(name, value);
  return `${API}${path}${search.size > 0 ? `?${search.toString()}` : ""}`;
}
