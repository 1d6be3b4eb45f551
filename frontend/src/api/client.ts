import { problemFrom, unreachable } from "./problem";

export const API = "/api/v1";

/** One id a tab: the socket says it back, so that a tab knows its own saves from another's. */
export const clientId: string = Math.random().toString(36).slice(2, 12);

export function csrfToken(): string {
  const found = /(?:^|;\s*)csrftoken=([^;]+)/.exec(document.cookie);
  return found?.[1] ? decodeURIComponent(found[1]) : "";
}

type Query = Record<string, string | number | boolean | null | undefined>;

export interface Call {
  query?: Query;
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

export function apiUrl(path: string, query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== "") search.set(name, String(value));
  }
  const text = search.toString();
  return `${API}${path}${text ? `?${text}` : ""}`;
}

async function answer(
  method: string,
  path: string,
  { query, body, headers, signal }: Call,
): Promise<Response> {
  const sent: Record<string, string> = { Accept: "application/json", ...headers };
  if (method !== "GET") sent["X-CSRFToken"] = csrfToken();
  if (body !== undefined) sent["Content-Type"] = "application/json";
  let response: Response;
  try {
    response = await fetch(apiUrl(path, query), {
      method,
      headers: sent,
      credentials: "same-origin",
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw unreachable();
  }
  if (!response.ok) throw problemFrom(response.status, await response.text());
  return response;
}

/** JSON in and out. Throws `Problem` for every answer that is not 2xx. */
export async function request<T>(method: string, path: string, call: Call = {}): Promise<T> {
  const response = await answer(method, path, call);
  if (response.status === 204) return undefined as T;
  return (await response.json()) as T;
}

export async function requestText(path: string, call: Call = {}): Promise<string> {
  return (await answer("GET", path, { ...call, headers: { Accept: "text/plain", ...call.headers } })).text();
}
