import type { ReadAs } from "../../../api/review";

/** What separates values, as a person calls it. */
export const DELIMITERS = [
  { value: ",", label: "Comma" },
  { value: ";", label: "Semicolon" },
  { value: "\t", label: "Tab" },
  { value: "|", label: "Bar |" },
  { value: " ", label: "Space" },
  { value: ":", label: "Colon" },
  { value: "^", label: "Caret ^" },
  { value: "~", label: "Tilde ~" },
];

export const ENCODINGS = [
  { value: "utf-8", label: "UTF-8" },
  { value: "utf-16-le", label: "UTF-16 LE" },
  { value: "utf-16-be", label: "UTF-16 BE" },
  { value: "cp1252", label: "Windows-1252, Western" },
  { value: "latin-1", label: "Latin-1, Western" },
  { value: "iso8859-15", label: "Latin-9, Western with €" },
  { value: "cp1250", label: "Windows-1250, Central European" },
  { value: "iso8859-2", label: "Latin-2, Central European" },
  { value: "cp1251", label: "Windows-1251, Cyrillic" },
  { value: "koi8-r", label: "KOI8-R, Cyrillic" },
  { value: "cp1253", label: "Windows-1253, Greek" },
  { value: "cp1254", label: "Windows-1254, Turkish" },
  { value: "mac-roman", label: "Mac Roman" },
  { value: "cp437", label: "DOS 437" },
  { value: "cp850", label: "DOS 850" },
  { value: "shift_jis", label: "Shift JIS, Japanese" },
  { value: "gb18030", label: "GB 18030, Chinese" },
  { value: "big5", label: "Big5, Chinese" },
  { value: "euc-kr", label: "EUC-KR, Korean" },
];

export const READ_AS: { value: ReadAs; label: string }[] = [
  { value: "integer", label: "Integer" },
  { value: "float", label: "Number" },
  { value: "comma-number", label: "Number like 1.234,5" },
  { value: "grouped-number", label: "Number like 1,234.5" },
  { value: "string", label: "Text" },
  { value: "categorical", label: "Category" },
  { value: "boolean", label: "True or false" },
  { value: "datetime", label: "Date like 2024-12-31" },
  { value: "day-first", label: "Date like 31/12/2024" },
  { value: "month-first", label: "Date like 12/31/2024" },
  { value: "year-first", label: "Date like 2024/12/31" },
  { value: "timedelta", label: "Time span" },
];

const SIGN = /^\s*\d+([./-])\d+\1\d+/;

/** What stands between the numbers of the dates in a column, as far as its first values tell. */
export function signOf(cells: readonly unknown[]): string | undefined {
  for (const cell of cells) {
    const found = typeof cell === "string" ? SIGN.exec(cell) : null;
    if (found) return found[1];
  }
  return undefined;
}

const SLASHED: ReadonlySet<ReadAs> = new Set(["day-first", "month-first", "year-first"]);

/** The choice in words; a date with the sign of the column, as in 31.12.2024. */
export function readAsLabel({ value, label }: (typeof READ_AS)[number], sign = "/"): string {
  return SLASHED.has(value) ? label.replaceAll("/", sign) : label;
}

export function readAsWord(choice: ReadAs, sign?: string): string {
  const found = READ_AS.find(({ value }) => value === choice);
  return found ? readAsLabel(found, sign).toLowerCase() : choice;
}
