import type { Problem, ProblemEntry } from "../../api/problem";

export interface Refusal {
  /** Why, in a sentence or two. */
  text: string;
  /** "line 3, column 2", where it is known and the text does not say it. */
  where: string | null;
  /** The dataset that has the name already. */
  taken: { id: string; version: number } | null;
  /** Worth sending again unchanged: it was the connection, not the file. */
  again: boolean;
}

const number = (value: unknown): number | null => (typeof value === "number" ? value : null);

function place(entry: ProblemEntry | undefined, body: Problem["body"]): string | null {
  const line = number(entry?.line) ?? number(body.line);
  const column = entry?.column ?? (body.column as ProblemEntry["column"]);
  const parts = [];
  if (line !== null) parts.push(`line ${line}`);
  if (typeof column === "number") parts.push(`column ${column}`);
  else if (typeof column === "string" && column) parts.push(`column “${column}”`);
  return parts.length > 0 ? parts.join(", ") : null;
}

/** What the tray says about an upload that was refused. */
export function refusal(problem: Problem): Refusal {
  const first = problem.errors[0];
  const told = [problem.message, ...problem.errors.map((entry) => entry.message)];
  const text = told.filter((line, index) => line && told.indexOf(line) === index).join(" ");
  const where = place(first, problem.body);
  return {
    text,
    where: where !== null && !text.toLowerCase().includes(where.split(",")[0] ?? where) ? where : null,
    taken: problem.status === 409 ? (problem.body.existing ?? null) : null,
    again: problem.status === 0 || problem.status === 429 || problem.status >= 500,
  };
}

/** "sales.csv" → "sales" */
export const stem = (fileName: string): string => fileName.replace(/\.[^.]+$/, "") || fileName;
