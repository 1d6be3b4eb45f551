/** Which modules come next: by what this person has wired before, then by what everybody here has, then by what is usual. */

import type { ModuleSpec } from "../../graph/types";
import type { useLiked } from "./liked";

interface Habits extends Pick<ReturnType<typeof useLiked.getState>, "pairs" | "uses"> {
  /** How often people of this server wired one module to another, by `from to`. */
  everybody: Readonly<Record<string, number>>;
}

/** What mostly comes below a module, the most usual first. */
const USUAL: Readonly<Record<string, readonly string[]>> = {
  "clean-missing-data": ["split-data", "group-and-aggregate", "formula-column"],
  "enter-data-manually": ["filter-rows", "group-and-aggregate", "join-data"],
  dataset: ["filter-rows", "clean-missing-data", "group-and-aggregate", "split-data"],
  expectations: ["report", "plot"],
  "filter-rows": ["group-and-aggregate", "sort", "plot"],
  "formula-column": ["group-and-aggregate", "filter-rows", "plot"],
  "group-and-aggregate": ["plot", "sort", "report"],
  "join-data": ["formula-column", "group-and-aggregate", "filter-rows"],
  "parse-dates": ["date-parts", "group-and-aggregate", "plot"],
  pivot: ["plot", "report"],
  plot: ["report"],
  "score-model": ["evaluate-model", "plot"],
  "split-data": ["train-model", "score-model"],
  "train-model": ["score-model", "permutation-feature-importance"],
};
/** After any other module. */
const ALWAYS = ["train-model", "group-and-aggregate", "filter-rows", "formula-column", "join-data", "plot"];

/** Best first; the order is kept otherwise. `beside`: the module at the other end of the wire. */
export function byPair(
  modules: readonly ModuleSpec[],
  beside: string,
  side: "input" | "output",
  { pairs, uses, everybody }: Habits,
): ModuleSpec[] {
  const pairOf = (slug: string) => (side === "output" ? `${beside} ${slug}` : `${slug} ${beside}`);
  const most = Math.max(1, ...modules.map(({ slug }) => everybody[pairOf(slug)] ?? 0));
  const rank = (slug: string, list: readonly string[]) => {
    const place = list.indexOf(slug);
    return place < 0 ? 0 : 1 - place / 10;
  };
  const score = ({ slug }: ModuleSpec) => {
    const [from, to] = side === "output" ? [beside, slug] : [slug, beside];
    const usual = rank(to, USUAL[from] ?? []) * 2 + (side === "output" ? rank(to, ALWAYS) : 0);
    const here = (everybody[pairOf(slug)] ?? 0) / most;
    return 100 * (pairs[pairOf(slug)] ?? 0) + 60 * here + 10 * Math.min(uses[slug] ?? 0, 3) + usual;
  };
  const scores = new Map(modules.map((module) => [module.slug, score(module)]));
  return [...modules].sort((a, b) => (scores.get(b.slug) ?? 0) - (scores.get(a.slug) ?? 0));
}
