/**
 * A log as a terminal shows it: a carriage return goes back to overwrite its line, colors are styles, and
 * what no terminal prints is not there. Each stream has a cursor of its own, so that a progress bar on
 * stderr goes on in its line whatever is printed to stdout meanwhile.
 */

import { PLAIN, styled, type Style } from "./ansi";
import { Line, type LogStream } from "./line";

export interface LogPart {
  stream: LogStream;
  text: string;
  /** Bytes left out right before it. */
  skipped: number;
}

/** Lines that are drawn together, again when `version` changes. With `skipped` it stands for what is left out. */
export interface Block {
  id: number;
  version: number;
  lines: Line[];
  skipped: number;
}

interface Cursor {
  /** The last lines of this stream, and the one that is written to; past the end, the next new one. */
  lines: { line: Line; block: Block }[];
  row: number;
  column: number;
  style: Style;
  /** The start of a control sequence whose end has not come yet. */
  rest: string;
}

const LINES_A_BLOCK = 100;
const ROWS = 50;
const LONGEST_SEQUENCE = 100;
/** Characters kept; what is left out of the middle is in the log on the server. */
const MOST = 2_000_000;

/* eslint-disable no-control-regex -- control characters are what this is about */
const TOKEN =
  /\x1b\[([0-9;:?]*)([@-~])|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[@-Z\\^_]|[\n\r\b]|[^\x1b\n\r\b]+/g;
const UNFINISHED = /^\x1b(\[[0-9;:?]*|\][^\x07\x1b]*)?$/;
/* eslint-enable no-control-regex */

const newCursor = (): Cursor => ({ lines: [], row: 0, column: 0, style: PLAIN, rest: "" });

export class Screen {
  blocks: Block[] = [];
  private readonly cursors = new Map<LogStream, Cursor>();
  private gap: Block | undefined;
  private size = 0;
  private count = 0;

  constructor(private readonly most = MOST) {}

  get isEmpty(): boolean {
    return this.blocks.length === 0;
  }

  /** As it stands, without colors. */
  get text(): string {
    return this.blocks
      .flatMap((block) => (block.skipped ? [leftOut(block.skipped)] : block.lines.map((line) => line.text)))
      .join("\n");
  }

  write({ stream, text, skipped }: LogPart): void {
    if (skipped > 0) this.leaveOut(skipped);
    const cursor = this.cursors.get(stream) ?? newCursor();
    this.cursors.set(stream, cursor);
    const whole = cursor.rest + text;
    const escape = whole.lastIndexOf("\x1b");
    const cut = escape >= 0 && isUnfinished(whole.slice(escape)) ? escape : whole.length;
    cursor.rest = whole.slice(cut);
    for (const [token, codes, verb] of whole.slice(0, cut).matchAll(TOKEN)) {
      if (verb !== undefined) this.control(cursor, verb, codes ?? "");
      else if (token === "\n") this.newLine(cursor);
      else if (token === "\r") cursor.column = 0;
      else if (token === "\b") cursor.column = Math.max(0, cursor.column - 1);
      else if (!token.startsWith("\x1b")) this.put(stream, cursor, token);
    }
    if (this.size > this.most) this.trim();
  }

  private put(stream: LogStream, cursor: Cursor, text: string): void {
    const { line, block } = this.current(cursor);
    const before = line.length;
    line.write(cursor.column, { text, stream, style: cursor.style });
    cursor.column += text.length;
    this.size += line.length - before;
    block.version += 1;
  }

  private newLine(cursor: Cursor): void {
    this.current(cursor);
    cursor.row += 1;
    cursor.column = 0;
    if (cursor.lines.length > ROWS) {
      cursor.lines.shift();
      cursor.row = Math.max(0, cursor.row - 1);
    }
  }

  private control(cursor: Cursor, verb: string, codes: string): void {
    const number = Math.max(1, Number(codes) || 0);
    if (verb === "m") cursor.style = styled(cursor.style, codes);
    else if (verb === "A") cursor.row = Math.max(0, cursor.row - number);
    else if (verb === "B") cursor.row = Math.min(cursor.lines.length, cursor.row + number);
    else if (verb === "C") cursor.column = Math.min(1000, cursor.column + number);
    else if (verb === "D") cursor.column = Math.max(0, cursor.column - number);
    else if (verb === "G") cursor.column = Math.min(1000, number - 1);
    else if (verb === "K" && cursor.lines[cursor.row]) {
      const { line, block } = this.current(cursor);
      line.erase(
        codes === "1" || codes === "2" ? 0 : cursor.column,
        codes === "1" ? cursor.column : Infinity,
      );
      block.version += 1;
    }
  }

  /** The line a cursor stands in, made where there is none. */
  private current(cursor: Cursor): { line: Line; block: Block } {
    const known = cursor.lines[cursor.row];
    if (known) return known;
    let block = this.blocks.at(-1);
    if (!block || block.skipped > 0 || block.lines.length >= LINES_A_BLOCK) {
      block = this.newBlock(0);
      this.blocks.push(block);
    }
    const made = { line: new Line(), block };
    block.lines.push(made.line);
    block.version += 1;
    this.size += 1;
    cursor.lines.push(made);
    return made;
  }

  private newBlock(skipped: number): Block {
    this.count += 1;
    return { id: this.count, version: 0, lines: [], skipped };
  }

  /** Something never came: what came after an earlier gap is left out with it, so that there is one. */
  private leaveOut(bytes: number): void {
    this.cursors.clear();
    if (!this.gap) this.blocks.push((this.gap = this.newBlock(bytes)));
    else {
      this.gap.skipped += bytes;
      this.drop(this.blocks.splice(this.blocks.indexOf(this.gap) + 1));
    }
    this.gap.version += 1;
  }

  /** Leaves out the oldest after the first half. */
  private trim(): void {
    if (!this.gap) {
      let head = 0;
      const at = this.blocks.findIndex((block) => (head += sizeOf(block)) > this.most / 2);
      this.gap = this.newBlock(0);
      this.blocks.splice(Math.max(at, 0) + 1, 0, this.gap);
    }
    const from = this.blocks.indexOf(this.gap) + 1;
    while (this.size > this.most * 0.9 && this.blocks.length > from + 1) {
      this.drop(this.blocks.splice(from, 1));
    }
    this.gap.version += 1;
    if (this.gap.skipped === 0) {
      this.blocks.splice(from - 1, 1);
      this.gap = undefined;
    }
  }

  private drop(blocks: Block[]): void {
    for (const block of blocks) {
      this.size -= sizeOf(block);
      if (this.gap) this.gap.skipped += sizeOf(block);
    }
  }
}

const sizeOf = (block: Block): number => block.lines.reduce((sum, line) => sum + line.length + 1, 0);

const isUnfinished = (sequence: string): boolean =>
  sequence.length < LONGEST_SEQUENCE && UNFINISHED.test(sequence);

export const leftOut = (bytes: number): string => `… ${bytes.toLocaleString("en")} bytes left out …`;
