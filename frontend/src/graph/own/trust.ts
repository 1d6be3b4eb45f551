/** Own modules that came with a file from elsewhere: what is inside of them does not run until they are trusted. */

import type { Catalog, ExperimentFile, Marked } from "../types";
import { definitionsOf, type Definition } from "./definition";

export interface Waiting {
  key: string;
  own: Definition;
}

/** Those that wait, by their names. */
export const waitingIn = (file: Marked): Waiting[] =>
  Object.entries(definitionsOf(file))
    .filter(([, own]) => own.untrusted)
    .map(([key, own]) => ({ key, own }))
    .sort((one, other) => one.own.name.localeCompare(other.own.name));

/** The file, in which those with these keys wait no more. */
export function trusting(file: ExperimentFile, keys: ReadonlySet<string>): ExperimentFile {
  const modules = { ...definitionsOf(file) };
  for (const key of keys) {
    const own = modules[key];
    if (!own) continue;
    const { untrusted: _untrusted, ...plain } = own;
    modules[key] = plain;
  }
  return { ...file, modules } as ExperimentFile;
}

export interface Code {
  /** The node that has it, and in which words. */
  node: string;
  label: string;
  text: string;
}

/** What scripts and queries stand inside. */
export const codeIn = (own: Definition, catalog: Catalog): Code[] =>
  own.nodes.flatMap((node) => {
    const module = catalog.module(node.module);
    const texts = (module?.params ?? []).filter(({ type }) => type === "code");
    return texts.flatMap(({ name, label }) => {
      const text = node.params[name];
      return typeof text === "string" && text.trim()
        ? [{ node: node.name?.trim() || module?.name || node.module, label, text }]
        : [];
    });
  });
