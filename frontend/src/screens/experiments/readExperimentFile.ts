import type { ExperimentFile } from "../../api/types";
import { FORMAT } from "../../graph/types";

/** Reads an experiment file. Throws an Error whose message says what is wrong with it. */
export function readExperimentFile(text: string): ExperimentFile {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch (error) {
    throw new Error(`It is not JSON: ${(error as Error).message}`, { cause: error });
  }
  const format = (read as { format?: unknown } | null)?.format;
  if (format !== FORMAT) {
    throw new Error(
      `It is not an experiment file: its “format” is not “${FORMAT}”. To upload JSON data, use JSON lines (.jsonl).`,
    );
  }
  return read as ExperimentFile;
}
