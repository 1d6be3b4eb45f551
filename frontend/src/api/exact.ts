/** JSON whose whole numbers keep all their digits. Pure. */

const TOKEN = /"|-?\d[\d.eE+-]*/g;
const WHOLE = /^-?\d{16,}$/;

/**
 * As `JSON.parse`, but a whole number beyond what a browser counts exactly (2^53) is its digits, as a text. The server
 * writes every digit, also of 19-digit ids.
 */
export function parseExact(text: string): unknown {
  if (!/\d{16}/.test(text)) return JSON.parse(text);
  let quoted = "";
  let done = 0;
  TOKEN.lastIndex = 0;
  for (let found = TOKEN.exec(text); found; found = TOKEN.exec(text)) {
    const [token] = found;
    if (token === '"') TOKEN.lastIndex = endOfText(text, found.index);
    else if (isBeyond(token)) {
      quoted += `${text.slice(done, found.index)}"${token}"`;
      done = TOKEN.lastIndex;
    }
  }
  return JSON.parse(quoted + text.slice(done));
}

/** Whether these are the digits of a whole number that a browser would round. */
export const isBeyond = (digits: string): boolean =>
  WHOLE.test(digits) && !Number.isSafeInteger(Number(digits));

/** Behind the quote that ends the text which begins here. */
function endOfText(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (text[at - 1 - slashes] === "\\") slashes += 1;
    if (slashes % 2 === 0) return at + 1;
  }
  return text.length;
}
