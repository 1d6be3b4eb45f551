import type { KeyMatches } from "../../api/compare";
import { count } from "../../ui/words";

/** What was found, in sentences. */
export function matchesText({ rows, sampled, found, pairs, missing, without }: KeyMatches): string {
  if (!sampled) return "The left table has no rows.";
  const of = sampled < rows ? `${count(sampled)} sampled rows of ${count(rows)}` : `${count(rows)} rows`;
  const share = Math.floor((100 * found) / sampled);
  const said = [`${count(found)} of ${of} of the left table have a partner (${String(share)} %).`];
  if (pairs > found) said.push(`Some have several: an inner join of them makes ${count(pairs)} rows.`);
  if (missing) said.push(`${count(missing)} have no key.`);
  if (without.length) said.push(`Without a partner, for example: ${without.join(", ")}.`);
  return said.join(" ");
}
