/** An experiment file that others wrote, made fit to draw: what is missing is filled in, what does not fit is left out. */

import { framesOf, isPlace, notesOf, wellFormed } from "./marks";
import { FORMAT, type ExperimentFile, type GraphNode, type Position, type Wire } from "./types";

export interface Mended {
  file: ExperimentFile;
  /** What was left out, as in "2 notes"; empty where all of it fits. */
  dropped: string[];
}

type Loose = Partial<Record<keyof ExperimentFile, unknown>>;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

const usualPlace = (index: number): Position => ({
  x: 40 + (index % 4) * 260,
  y: 40 + Math.floor(index / 4) * 140,
});

export const whole = (file: object): ExperimentFile => mended(file).file;

const made = new WeakMap<object, ExperimentFile>();

/** The same, worked out once for each object: for what the cache of queries keeps. */
export function wholeOnce(file: object): ExperimentFile {
  const known = made.get(file) ?? whole(file);
  made.set(file, known);
  return known;
}

export function mended(file: Loose): Mended {
  const ids = new Set<unknown>();
  const isNode = (node: unknown): node is GraphNode => {
    if (!isObject(node) || typeof node.id !== "string" || typeof node.module !== "string") return false;
    if (ids.has(node.id)) return false;
    ids.add(node.id);
    return true;
  };
  const isWire = (wire: unknown): wire is Wire =>
    isObject(wire) && typeof wire.from === "string" && typeof wire.to === "string";
  const fit = listOf(file.nodes).filter(isNode);
  const nodes = fit.map((node, index) => {
    const { comment, limits, ...rest } = node;
    return {
      ...rest,
      params: isObject(node.params) ? node.params : {},
      position: isPlace(node.position) ? node.position : usualPlace(index),
      ...(typeof comment === "string" && { comment }),
      ...(isObject(limits) && { limits }),
    } as GraphNode;
  });
  const wires = listOf(file.wires).filter(isWire);
  const { notes: _notes, frames: _frames, idPrefix: _prefix, ...others } = file;
  if ("modules" in others) others.modules = wellFormedModules(others.modules);
  const made = {
    ...others,
    ...wellFormed(file, ids),
    format: FORMAT,
    name: typeof file.name === "string" ? file.name : "Untitled",
    nodes,
    wires,
  } as ExperimentFile;
  const moved = fit.filter(({ position }) => (position ?? null) !== null && !isPlace(position)).length;
  const dropped = [
    counted(listOf(file.nodes).length - nodes.length, "node"),
    counted(listOf(file.wires).length - wires.length, "wire"),
    counted(listOf(file.notes).length - notesOf(made).length, "note"),
    counted(listOf(file.frames).length - framesOf(made).length, "frame"),
    counted(moved, "position"),
  ];
  return { file: made, dropped: dropped.filter((one) => one !== "") };
}

const isNamed = (value: unknown): value is Record<string, unknown> =>
  isObject(value) && typeof value.name === "string";

/** The own modules that can be drawn. */
function wellFormedModules(given: unknown): Record<string, unknown> {
  if (!isObject(given)) return {};
  const found = Object.entries(given).flatMap(([key, own]) => {
    if (!isNamed(own) || !Array.isArray(own.nodes)) return [];
    const { format: _format, ...graph } = mended({ ...own, modules: {} }).file;
    const { modules: _modules, ...rest } = graph;
    const inputs = listOf(own.inputs).filter((port) => isNamed(port) && Array.isArray(port.to));
    const outputs = listOf(own.outputs).filter((port) => isNamed(port) && typeof port.from === "string");
    const params = listOf(own.params).filter((param) => isNamed(param) && typeof param.node === "string");
    return [[key, { ...rest, inputs, outputs, params }] as const];
  });
  return Object.fromEntries(found);
}

/** What was left out, as a sentence to put behind another; empty where nothing was. */
export const droppedText = (dropped: readonly string[]): string =>
  dropped.length > 0 ? ` Left out, since it cannot be drawn: ${dropped.join(", ")}.` : "";

const counted = (many: number, what: string): string =>
  many > 0 ? `${many} ${what}${many === 1 ? "" : "s"}` : "";
