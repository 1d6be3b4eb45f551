import { expect, it } from "vitest";
import { noteLines } from "./noteLines";

const TEXT = `# Plan **A**
Ask [Ann](https://example.org) about \`df\`,
then go on.

- one
- [x] two
- [ ] three
  1. deep

| a | b |
|---|---|
| 1 | 2 |

\`\`\`python
x = 1
\`\`\`
![a picture](http://elsewhere/x.png)`;

it("keeps the words of Markdown, line by line, without its signs", () => {
  expect(noteLines(TEXT).map(({ words, bold }) => (bold ? `!${words}` : words))).toEqual([
    "!Plan A",
    "Ask Ann about df,",
    "then go on.",
    "• one",
    "☑ two",
    "☐ three",
    "   1. deep",
    "!a | b",
    "1 | 2",
    "x = 1",
    "a picture",
  ]);
});
