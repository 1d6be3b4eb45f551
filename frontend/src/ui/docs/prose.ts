/** The little markup that docstrings have. Pure. */

export type Block =
  { kind: "text"; text: string } | { kind: "list"; items: string[] } | { kind: "example"; text: string };

export interface Span {
  text: string;
  look: "plain" | "strong" | "emphasis" | "code";
}

/** Paragraphs, lists (lines that begin with a dash) and examples (`>>>`), by the blank lines between them. */
export function blocksOf(docs: string): Block[] {
  return docs
    .split(/\n\s*\n/)
    .filter((block) => block.trim() !== "")
    .map((block) => {
      if (block.startsWith(">>>")) return { kind: "example", text: block };
      const lines = block.split("\n");
      if (lines[0]?.startsWith("- "))
        return { kind: "list", items: block.replace(/^- /, "").split(/\n- /).map(oneLine) };
      return { kind: "text", text: oneLine(block) };
    });
}

const oneLine = (text: string): string => text.replace(/\s*\n\s*/g, " ");

export function spansOf(text: string): Span[] {
  const spans: Span[] = [];
  let at = 0;
  for (const found of text.matchAll(/\*\*(.+?)\*\*|``?(.+?)``?|(?<!\w)\*(\S[^*]*?)\*(?!\w)/g)) {
    if (found.index > at) spans.push({ text: text.slice(at, found.index), look: "plain" });
    const [, strong, code, emphasis] = found;
    if (strong !== undefined) spans.push({ text: strong, look: "strong" });
    else if (code !== undefined) spans.push({ text: code, look: "code" });
    else spans.push({ text: emphasis ?? "", look: "emphasis" });
    at = found.index + found[0].length;
  }
  if (at < text.length) spans.push({ text: text.slice(at), look: "plain" });
  return spans;
}
