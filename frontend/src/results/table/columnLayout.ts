/** Which columns of a table are shown, in which order, and which stay in sight. Pure. */

import type { Column } from "../../api/types";

/** Numbers are places in the table. `order` is null while it is the table's own. */
export interface ColumnLayout {
  order: readonly number[] | null;
  hidden: ReadonlySet<number>;
  pinned: readonly number[];
}

export interface ShownColumn {
  column: Column;
  /** Its place in the table. */
  source: number;
  pinned: boolean;
}

export const PLAIN: ColumnLayout = { order: null, hidden: new Set(), pinned: [] };

/** The columns as they stand on the screen: pinned ones first, hidden ones left out. */
export function shownColumns(columns: readonly Column[], layout: ColumnLayout): ShownColumn[] {
  const { hidden, pinned } = layout;
  const shown: ShownColumn[] = [];
  const take = (source: number, isPinned: boolean) => {
    const column = columns[source];
    if (column && !hidden.has(source)) shown.push({ column, source, pinned: isPinned });
  };
  const first = new Set(pinned);
  for (const source of pinned) take(source, true);
  for (const source of orderOf(columns.length, layout)) if (!first.has(source)) take(source, false);
  return shown;
}

const orderOf = (many: number, { order }: ColumnLayout): readonly number[] =>
  order ?? Array.from({ length: many }, (_, index) => index);

export function hide(layout: ColumnLayout, sources: Iterable<number>): ColumnLayout {
  return { ...layout, hidden: new Set([...layout.hidden, ...sources]) };
}

export function show(layout: ColumnLayout, sources: Iterable<number>): ColumnLayout {
  const hidden = new Set(layout.hidden);
  for (const source of sources) hidden.delete(source);
  return { ...layout, hidden };
}

/** Pins a column behind those that are, or lets it go back to its place. */
export function togglePin(layout: ColumnLayout, source: number): ColumnLayout {
  const { pinned } = layout;
  return {
    ...layout,
    pinned: pinned.includes(source) ? pinned.filter((other) => other !== source) : [...pinned, source],
  };
}

/** Puts a column where another one stands; it takes on whether that one is pinned. */
export function moveTo(many: number, layout: ColumnLayout, source: number, target: number): ColumnLayout {
  if (source === target) return layout;
  const { pinned } = layout;
  const from = pinned.includes(source);
  if (pinned.includes(target)) return { ...layout, pinned: moved(pinned, source, target, from) };
  const order = moved(orderOf(many, layout), source, target, true);
  return { ...layout, order, pinned: pinned.filter((other) => other !== source) };
}

/** One place to the left or right among the shown ones of its kind; at the end it stays. */
export function moveBy(
  columns: readonly Column[],
  layout: ColumnLayout,
  source: number,
  by: -1 | 1,
): ColumnLayout {
  const shown = shownColumns(columns, layout);
  const at = shown.findIndex((one) => one.source === source);
  const neighbor = shown[at + by];
  if (at < 0 || !neighbor || neighbor.pinned !== shown[at]?.pinned) return layout;
  return moveTo(columns.length, layout, source, neighbor.source);
}

/** `source` taken out, and put where `target` stands: before it when it came from behind. */
function moved(list: readonly number[], source: number, target: number, isIn: boolean): number[] {
  const goesRight = isIn && list.indexOf(source) < list.indexOf(target);
  const rest = list.filter((other) => other !== source);
  const at = rest.indexOf(target) + (goesRight ? 1 : 0);
  return [...rest.slice(0, at), source, ...rest.slice(at)];
}

export const isPlain = ({ order, hidden, pinned }: ColumnLayout): boolean =>
  order === null && hidden.size === 0 && pinned.length === 0;
