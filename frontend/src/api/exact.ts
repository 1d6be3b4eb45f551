/** JSON whose whole numbers keep all their digits. Pure. */

import { parse } from "lossless-json";

const WHOLE = /^-?\d{16,}$/;

/**
 * As `JSON.parse`, but a whole number beyond what a browser counts exactly (2^53) is its digits, as a text. The server
 * writes every digit, also of 19-digit ids. A text without so many digits in a row is left to the browser, which is
 * twice as fast.
 */
export function parseExact(text: string): unknown {
  if (!/\d{16}/.test(text)) return JSON.parse(text);
  const parseNumber = (digits: string) => (isBeyond(digits) ? digits : Number(digits));
  return parse(text, undefined, { parseNumber });
}

/** Whether these are the digits of a whole number that a browser would round. */
export const isBeyond = (digits: string): boolean =>
  WHOLE.test(digits) && !Number.isSafeInteger(Number(digits));
