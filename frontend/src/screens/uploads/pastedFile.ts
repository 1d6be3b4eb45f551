/** Text that was copied from a spreadsheet or a file, as a file: cells are apart by tabs, else by what CSV uses. */
export function pastedFile(text: string, now = new Date()): File {
  const first = text.slice(0, text.search(/[\r\n]|$/));
  const moment = now.toISOString().slice(0, 19).replace("T", " ").replaceAll(":", ".");
  return new File([text], `Pasted ${moment}.${first.includes("\t") ? "tsv" : "csv"}`, { type: "text/plain" });
}
