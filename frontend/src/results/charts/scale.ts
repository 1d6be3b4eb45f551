/** Where values lie along an axis, and which of them are written there. Pure. */

import { scaleLinear, scaleLog, scaleUtc } from "d3-scale";
import { dateText, numberText } from "../table/cells";

export interface Scale {
  from: number;
  to: number;
  at(value: number): number;
  ticks: { value: number; text: string }[];
}

interface Wish {
  domain: [number, number];
  /** Pixels; the second may be the smaller one, as upwards. */
  range: [number, number];
  /** About how many ticks there is room for. */
  room: number;
  kind?: "number" | "time" | "log" | "whole";
}

export function scaleOf({ domain: [from, to], range, room, kind = "number" }: Wish): Scale {
  const at = (kind === "log" ? scaleLog() : scaleLinear()).domain([from, to]).range(range);
  const values =
    kind === "log"
      ? powers(from, to, room)
      : kind === "time"
        ? times(from, to, room)
        : steps(from, to, room, kind === "whole");
  return { from, to, at, ticks: texts(values, kind, to - from) };
}

/** Round steps: 1, 2 or 5 times a power of ten. */
export function steps(from: number, to: number, room: number, whole = false): number[] {
  if (!(to > from) || room < 1) return [from];
  const found = scaleLinear().domain([from, to]).ticks(room);
  return whole ? found.filter(Number.isInteger) : found;
}

function powers(from: number, to: number, room: number): number[] {
  const first = Math.ceil(Math.log10(from) - 1e-9);
  const last = Math.floor(Math.log10(to) + 1e-9);
  const by = Math.max(1, Math.ceil((last - first + 1) / Math.max(1, room)));
  const found: number[] = [];
  for (let power = first; power <= last; power += by) found.push(10 ** power);
  return found.length > 0 ? found : [from, to];
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Times people read: clock times, days, first days of months or of years; in UTC, as the table has them. */
function times(from: number, to: number, room: number): number[] {
  if (Number.isNaN(new Date(from).getTime())) return [from, to]; // beyond the years that browsers count
  return scaleUtc().domain([from, to]).ticks(Math.max(1, room)).map(Number);
}

function texts(values: number[], kind: Wish["kind"], span: number): Scale["ticks"] {
  if (kind === "time") return values.map((value) => ({ value, text: timeText(value, span) }));
  const short = values.map(compact);
  const told = new Set(short).size === short.length; // 2000001 and 2000002 are both 2M
  return values.map((value, at) => ({ value, text: told ? (short[at] ?? "") : inFull(value) }));
}

function timeText(value: number, span: number): string {
  const date = new Date(value);
  if (Number.isNaN(date.getTime())) return compact(value); // beyond the years that browsers count
  const text = date.toISOString();
  if (span > 3 * 365 * DAY && text.slice(5, 10) === "01-01") return text.slice(0, 4);
  if (span > 90 * DAY) return text.slice(0, 7);
  if (span > 2 * DAY || text.endsWith("T00:00:00.000Z")) return text.slice(5, 10);
  return span > 5 * MINUTE ? text.slice(11, 16) : text.slice(11, 19);
}

/** 1500000 → "1.5M"; 0.25 → "0.25" */
export function compact(value: number): string {
  const size = Math.abs(value);
  for (const [unit, letter] of [
    [1e12, "T"],
    [1e9, "G"],
    [1e6, "M"],
    [1e4, "k"],
  ] as const) {
    if (size >= unit && size < 1e15) {
      const by = letter === "k" ? 1e3 : unit;
      return `${numberText(Number((value / by).toPrecision(4)))}${letter}`;
    }
  }
  return numberText(Number(value.toPrecision(6)));
}

const LETTER_PX = 6.8;
const GAP_PX = 8;

/** The ticks whose words do not run into those before them. */
export function apart({ ticks, at }: Pick<Scale, "ticks" | "at">): Scale["ticks"] {
  let end = -Infinity;
  return ticks.filter(({ value, text }) => {
    const half = (text.length * LETTER_PX) / 2;
    if (at(value) - half < end + GAP_PX) return false;
    end = at(value) + half;
    return true;
  });
}

const inFull = (value: number): string =>
  Number.isInteger(value) ? BigInt(value).toString() : numberText(Number(value.toPrecision(12)));

/** A value as it is read out: a date where the axis is one of dates, an integer with all its digits; charts are of
 *  floats, which stand beside the largest integers only nearly. */
export function valueText(value: number, type: string | undefined): string {
  if (type === "datetime") return dateText(value);
  if (type !== "integer" || !Number.isInteger(value)) return numberText(value);
  return Number.isSafeInteger(value) ? inFull(value) : `≈ ${inFull(value)}`;
}
