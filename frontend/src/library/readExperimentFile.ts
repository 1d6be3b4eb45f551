import type { ExperimentFile } from "../api/types";
import { FORMAT } from "../graph/types";
import { mended } from "../graph/whole";

/**
 * Reads an experiment file. Throws an Error whose message says what is wrong with it. `dropped`: what cannot be drawn
 * and was left out; nodes and wires that are none are the server's to refuse, which says where they stand.
 */
export function readExperimentFile(text: string): { file: ExperimentFile; dropped: string[] } {
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
  const { file, dropped } = mended(read as object);
  return dropped.length > 0 && !dropped.some(isGraph)
    ? { file: file as ExperimentFile, dropped }
    : { file: read as ExperimentFile, dropped: [] };
}

/** The server reads these: it cuts their code into nodes. */
export const isScript = (name: string): boolean => /\.(py|ipynb)$/i.test(name);

/** A graph that ML Studio (classic) exported, by how it begins. */
export const isClassicGraph = (text: string): boolean => /"ModuleNodes"\s*:/.test(text);

const isGraph = (what: string): boolean => /node|wire/.test(what);
