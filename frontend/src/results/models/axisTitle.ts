/** What an axis of principal components is called. Pure. */

import type { Clusters } from "../../api/models";

const LONGEST = 18;

const short = (name: string): string => (name.length > LONGEST ? `${name.slice(0, LONGEST - 1)}…` : name);

/** `Component 1 (62 %): + alcohol − ash`: its share of the variance, and what weighs most in it. */
export function axisTitle({ share, parts }: Clusters["axes"][number], place: number): string {
  const told = share === null ? "" : ` (${Math.round(share * 100)} %)`;
  const names = parts.slice(0, 2).map(([name, weight]) => `${weight < 0 ? "−" : "+"} ${short(name)}`);
  return `Component ${place + 1}${told}${names.length > 0 ? `: ${names.join(" ")}` : ""}`;
}
