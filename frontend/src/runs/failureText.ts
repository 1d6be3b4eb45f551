import type { NodeFailure } from "../api/types";

/** Failures whose message is a sentence of Studio's own; of others, the type is half of what is said. */
const OURS = new Set([
  "ModuleError",
  "FileError",
  "Cancelled",
  "LimitExceeded",
  "ProcessCrashed",
  "ProcessEnded",
  "ResultLost",
  "ResultRefused",
  "SandboxError",
  "TemplateDied",
]);

/** What went wrong in a node: "KeyError: 'x'", or a sentence of ours without a class before it. */
export function failureText({ type, message }: Pick<NodeFailure, "type" | "message">): string {
  return OURS.has(type) ? message : `${type}: ${message}`;
}

export const firstLine = (text: string): string => text.split("\n", 1)[0] ?? "";
