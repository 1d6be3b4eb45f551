/** A note's Markdown as lines of words, for pictures, which have no layout of their own. Pure. */

import type { Nodes, RootContent } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";

export interface Line {
  words: string;
  bold: boolean;
}

export function noteLines(text: string): Line[] {
  const root = fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  return root.children.flatMap((block) => linesOf(block));
}

const plain = (words: string, bold = false): Line[] =>
  words.split("\n").map((line) => ({ words: line, bold }));

function linesOf(block: RootContent): Line[] {
  switch (block.type) {
    case "heading":
      return plain(wordsOf(block), true);
    case "code":
      return plain(block.value);
    case "thematicBreak":
      return plain("———");
    case "blockquote":
      return block.children.flatMap(linesOf).map((line) => ({ ...line, words: `│ ${line.words}` }));
    case "list":
      return block.children.flatMap(({ children, checked }, place) => {
        const number = `${(block.start ?? 1) + place}. `;
        const sign = typeof checked === "boolean" ? (checked ? "☑ " : "☐ ") : block.ordered ? number : "• ";
        return children
          .flatMap(linesOf)
          .map((line, at) => ({ ...line, words: `${at === 0 ? sign : "   "}${line.words}` }));
      });
    case "table":
      return block.children.map((row, place) => ({
        words: row.children.map(wordsOf).join(" | "),
        bold: place === 0,
      }));
    default:
      return plain(wordsOf(block));
  }
}

/** The words in it, without what marks them up. */
function wordsOf(node: Nodes): string {
  if (node.type === "break") return "\n";
  if (node.type === "image") return node.alt ?? "";
  if ("value" in node) return node.value;
  return "children" in node ? node.children.map(wordsOf).join("") : "";
}
