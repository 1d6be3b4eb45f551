import { describe, expect, it } from "vitest";
import { Screen } from "./screen";

const shown = (...texts: [stream: "stdout" | "stderr", text: string][]): string => {
  const screen = new Screen();
  for (const [stream, text] of texts) screen.write({ stream, text, skipped: 0 });
  return screen.text;
};

const segments = (text: string) => {
  const screen = new Screen();
  screen.write({ stream: "stdout", text, skipped: 0 });
  return screen.blocks[0]?.lines[0]?.segments.map(({ text, style }) => [text, style]);
};

describe("a log as a terminal shows it", () => {
  it("goes back to the start of the line", () => {
    expect(
      shown(
        ["stderr", "\r  0%|     | 0/3"],
        ["stderr", "\r 33%|##   | 1/3"],
        ["stderr", "\r100%|#####| 3/3\n"],
      ),
    ).toBe("100%|#####| 3/3");
    expect(shown(["stdout", "abcdef\rxy\b\bz\n\nend"])).toBe("zycdef\n\nend");
    expect(shown(["stdout", "one\r\ntwo\r\n"])).toBe("one\ntwo");
  });

  it("goes on with a bar in its line whatever is printed meanwhile", () => {
    expect(
      shown(
        ["stderr", "\r 10%"],
        ["stdout", "step 1\n"],
        ["stderr", "\r 20%"],
        ["stdout", "step 2\n"],
        ["stderr", "\n"],
      ),
    ).toBe(" 20%\nstep 1\nstep 2");
  });

  it("draws bars below each other", () => {
    const bars = "\r outer 0%\n\r inner 0%\x1b[A\n\r inner 9%\x1b[A\r outer 1%\n\r inner 0%\x1b[A";
    expect(shown(["stderr", bars])).toBe(" outer 1%\n inner 0%");
  });

  it("empties lines", () => {
    expect(shown(["stderr", "long text\r\x1b[Kshort\nabc\x1b[1K\x1b[D\x1b[0K"])).toBe("short\n");
  });

  it("knows colors, cut in two or not, and forgets what is no text", () => {
    const red = { fg: "var(--ansi-1)" };
    expect(segments("\x1b[31mred\x1b[0m plain")).toEqual([["red", red], [" plain", {}]]); // prettier-ignore
    expect(segments("\x1b[1;38;5;196mx\x1b[39my\x1b[48;2;1;2;300mz")).toEqual([
      ["x", { bold: true, fg: "rgb(255, 0, 0)" }],
      ["y", { bold: true }],
      ["z", { bold: true, bg: "rgb(1, 2, 255)" }],
    ]);
    expect(shown(["stdout", "a\x1b[3"], ["stdout", "1mb\x1b]0;title\x07c\x1b[2J\x1b[?25ld"])).toBe("abcd");
    expect(shown(["stdout", "\x1b["], ["stderr", "other\n"], ["stdout", "32mgreen"])).toBe("other\ngreen");
  });

  it("keeps head and tail, and says how much is between", () => {
    const screen = new Screen(10_000);
    for (let n = 0; n < 5000; n += 1) screen.write({ stream: "stdout", text: `line ${n}\n`, skipped: 0 });
    expect(screen.text).toMatch(/^line 0\nline 1\n[^]*\n… [\d,]+ bytes left out …\n[^]*line 4999$/);
    expect(screen.text.length).toBeLessThan(12_000);
    const count = Number(/… ([\d,]+) bytes/.exec(screen.text)?.[1]?.replace(",", ""));
    expect(screen.text.replace(/… .* …\n/, "").length + 1 + count).toBe(
      4000 * 10 + 900 * 9 + 90 * 8 + 10 * 7,
    );
  });

  it("shows one gap, however often something never came", () => {
    const screen = new Screen();
    for (const [text, skipped] of [
      ["head\n", 0],
      ["lost\n", 95],
      ["end", 100],
      ["!\n", 0],
    ] as const)
      // prettier-ignore
      screen.write({ stream: "stdout", text, skipped });
    expect(screen.text).toBe("head\n… 200 bytes left out …\nend!");
  });
});
