/** The inputs and outputs that a person chooses for a service, while they are being chosen. Pure. */

import type { Capture, Place } from "../../api/services";
import { endOf } from "../../graph/read";

/** `at` is `node.port`; null until a place is chosen. */
export interface ChosenEnd {
  name: string;
  at: string | null;
}

export type Side = "inputs" | "outputs";

const FIRST: Record<Side, string> = { inputs: "input", outputs: "output" };

export const placeValue = ({ node, port }: Place): string => `${node}.${port}`;
export const placesOf = (capture: Capture, side: Side): Place[] =>
  side === "inputs" ? capture.input_places : capture.output_places;
export const modulesOf = (capture: Capture, side: Side): Capture["input_modules"] =>
  side === "inputs" ? capture.input_modules : capture.output_modules;

/** What stands there before anybody has chosen: the likely place, else an end whose place is open; none where the
 *  experiment names its ends itself. */
export function firstEnds(capture: Capture, side: Side): ChosenEnd[] {
  const places = placesOf(capture, side);
  if (modulesOf(capture, side).length > 0 || places.length === 0) return [];
  const likely = places.find((place) => place.likely);
  return [{ name: `${FIRST[side]}1`, at: likely ? placeValue(likely) : null }];
}

/** One more, under the next free name. */
export function anotherEnd(side: Side, ends: readonly ChosenEnd[], taken: readonly string[]): ChosenEnd {
  const names = new Set([...ends.map(({ name }) => name.trim()), ...taken]);
  let number = 1;
  while (names.has(`${FIRST[side]}${number}`)) number++;
  return { name: `${FIRST[side]}${number}`, at: null };
}

/** What is wrong with a name, or null. `taken`: those of web service modules. */
export function nameProblem(
  ends: readonly ChosenEnd[],
  place: number,
  taken: readonly string[],
): string | null {
  const name = ends[place]?.name.trim() ?? "";
  if (name === "") return "Give it a name.";
  const others = [...ends.filter((_end, at) => at !== place).map((end) => end.name.trim()), ...taken];
  return others.includes(name) ? "Another one has this name." : null;
}

export const isWhole = (ends: readonly ChosenEnd[], taken: readonly string[]): boolean =>
  ends.every((end, place) => end.at !== null && nameProblem(ends, place, taken) === null);

/** The nodes at whose ports they are. */
export const nodesOf = (ends: readonly ChosenEnd[]): string[] =>
  ends.flatMap(({ at }) => (at === null ? [] : [endOf(at).node]));

/** As the server takes them; an end that is not whole yet is left out. */
export const wishOf = (ends: readonly ChosenEnd[]): Record<string, string> =>
  Object.fromEntries(ends.flatMap(({ name, at }) => (at !== null && name.trim() ? [[name.trim(), at]] : [])));
