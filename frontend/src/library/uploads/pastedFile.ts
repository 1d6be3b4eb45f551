/** Text that was copied from a spreadsheet, a page or a file, as a file whose ending says what it is. */
export function pastedFile(text: string, now = new Date()): File {
  const moment = now.toISOString().slice(0, 19).replace("T", " ").replaceAll(":", ".");
  return new File([text], `Pasted ${moment}.${ending(text)}`, { type: "text/plain" });
}

/** Cells are apart by tabs, else by what CSV uses; a single line without either is no table. */
function ending(text: string): string {
  const [first = "", second] = text
    .trimEnd()
    .replace(/^[\r\n]+/, "")
    .split(/\r?\n|\r/, 2);
  if (first.includes("\t")) return "tsv";
  if (/^\{.*\}$/.test(first)) return "jsonl";
  if (/^[[{]/.test(first)) return "json";
  return second === undefined && !/[,;|]/.test(first) ? "txt" : "csv";
}
