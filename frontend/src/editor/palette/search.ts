/** Which modules and datasets a text means, best first. */

import type { Dataset, ModuleSpec } from "../../api/types";

/** 0 is best; null where it is not meant. Every word must be found somewhere. */
export function rankModule(module: ModuleSpec, text: string): number | null {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return 0;
  const name = module.name.toLowerCase();
  const synonyms = (module.synonyms ?? []).join(" ").toLowerCase();
  const rest = `${module.category} ${module.summary}`.toLowerCase();
  const docs = module.docs.toLowerCase();
  let worst = 0;
  for (const word of words) {
    if (name.startsWith(word)) continue;
    else if (name.includes(word)) worst = Math.max(worst, 1);
    else if (synonyms.includes(word)) worst = Math.max(worst, 2);
    else if (rest.includes(word)) worst = Math.max(worst, 3);
    else if (docs.includes(word)) worst = Math.max(worst, 4);
    else return null;
  }
  return worst;
}

export interface Group {
  name: string;
  modules: ModuleSpec[];
}

/** Modules that match, by category as the server orders them; while searching, one list by rank. */
export function groupsOf(modules: readonly ModuleSpec[], text: string): Group[] {
  const ranked = modules
    .map((module) => ({ module, rank: rankModule(module, text) }))
    .filter((one): one is { module: ModuleSpec; rank: number } => one.rank !== null);
  if (text.trim()) ranked.sort((a, b) => a.rank - b.rank);
  const groups = new Map<string, ModuleSpec[]>();
  for (const { module } of ranked) {
    const known = groups.get(module.category);
    if (known) known.push(module);
    else groups.set(module.category, [module]);
  }
  return [...groups].map(([name, members]) => ({ name, modules: members }));
}

/** The latest version of each dataset whose name, folder or tags have the text; all of them by a word for datasets as such. */
export function datasetsOf(
  datasets: readonly Dataset[],
  text: string,
  synonyms: readonly string[] = [],
): Dataset[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const meant = new Set(synonyms.flatMap((synonym) => synonym.split(" ")));
  return datasets
    .filter((one) => one.latest && one.state === "ready")
    .filter((one) => words.every((word) => wordsOf(one).includes(word) || meant.has(word)))
    .sort((a, b) => a.name.localeCompare(b.name));
}

const wordsOf = ({ name, folder, tags }: Dataset): string =>
  `${name} ${folder} ${tags.join(" ")}`.toLowerCase();

/** Whether a dataset is meant at least as well as any module: its name begins with the text, or no module's does. */
export function leadWithDatasets(
  datasets: readonly Dataset[],
  groups: readonly Group[],
  text: string,
): boolean {
  const rank = (name: string) => {
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    if (words.every((word) => name.toLowerCase().startsWith(word))) return 0;
    return words.every((word) => name.toLowerCase().includes(word)) ? 1 : 2;
  };
  const best = groups[0]?.modules[0];
  if (!best) return true;
  return Math.min(...datasets.map(({ name }) => rank(name))) <= (rankModule(best, text) ?? Infinity);
}
