import type { GraphProblem } from "./types";

export interface ProblemEntry extends Partial<Omit<GraphProblem, "message" | "column">> {
  loc?: (string | number)[];
  /** Of a script the place in its line, from 0; of a file the name of a column. */
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
export const isUnreachable = (error: unknown): boolean => isProblem(error) && error.status === 0;

export const unreachable = (): Problem =>
  new Problem(0, {
    title: "No connection",
    detail: "The Studio server does not answer. Check that it is running.",
  });

const GATEWAY = [502, 503, 504];

const isProblemBody = (body: unknown): body is ProblemBody => body !== null && typeof body === "object";

/** The Problem in an answer that is not 2xx. `body` is its JSON, or the text where it is none. */
export function problemFrom(status: number, body: unknown): Problem {
  const read = typeof body === "string" ? parsed(body) : body;
  if (isProblemBody(read)) return new Problem(status, read);
  // Studio itself always says what is wrong; a bare 502 is a proxy that does not reach it.
  if (GATEWAY.includes(status)) return unreachable();
  return new Problem(status, { title: `The server answered ${status}.` });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
