import type { GraphProblem } from "./types";

export interface ProblemEntry extends Partial<Omit<GraphProblem, "message">> {
  loc?: (string | number)[];
  column?: number | string | null;
  message: string;
}

export interface ProblemBody {
  type?: string;
  title?: string;
  status?: number;
  detail?: string;
  errors?: ProblemEntry[];
  /** 412: the revision the server holds. */
  current_revision?: number;
  /** 409 on an upload: the dataset that has the name. */
  existing?: { id: string; version: number };
  [extra: string]: unknown;
}

/** A refused request: what the server said (RFC 9457), or that it could not be reached (status 0). */
export class Problem extends Error {
  readonly status: number;
  readonly body: ProblemBody;

  constructor(status: number, body: ProblemBody) {
    super(body.detail || body.title || `The server answered ${status}.`);
    this.name = "Problem";
    this.status = status;
    this.body = body;
  }

  get title(): string {
    return this.body.title ?? "That did not work";
  }

  get errors(): ProblemEntry[] {
    return this.body.errors ?? [];
  }
}

export const isProblem = (error: unknown): error is Problem => error instanceof Problem;

/** The server is not there, or the network between is gone. */
export const isUnreachable = (error: unknown): boolean =>
  isProblem(error) &&
  (error.status === 0 || error.status === 502 || error.status === 503 || error.status === 504);

export const unreachable = (): Problem =>
  new Problem(0, {
    title: "No connection",
    detail: "The Studio server does not answer. Check that it is running.",
  });

export const isProblemBody = (body: unknown): body is ProblemBody =>
  body !== null && typeof body === "object";

/** Reads an answer that is not 2xx, whatever it is made of. */
export function problemFrom(status: number, text: string): Problem {
  try {
    const body: unknown = JSON.parse(text);
    if (isProblemBody(body)) return new Problem(status, body);
  } catch {
    // Not JSON: a proxy's page, or nothing.
  }
  return new Problem(status, { title: `The server answered ${status}.` });
}
