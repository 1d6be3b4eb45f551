import type { Style } from "./ansi";

export type LogStream = "stdout" | "stderr" | "trace";

export interface Segment {
  text: string;
  stream: LogStream;
  style: Style;
}

/** One line of a log. What is written over something replaces it, as on a terminal. */
export class Line {
  segments: Segment[] = [];
  length = 0;

  /** Writes at a column, counted from 0. */
  write(column: number, { text, stream, style }: Segment): void {
    if (column > this.length)
      this.write(this.length, { text: " ".repeat(column - this.length), stream, style });
    const after = column + text.length < this.length ? this.part(column + text.length, this.length) : [];
    if (column < this.length) this.segments = this.part(0, column);
    const last = this.segments.at(-1);
    if (last?.stream === stream && last.style === style) last.text += text;
    else this.segments.push({ text, stream, style });
    this.segments.push(...after);
    this.length = Math.max(this.length, column + text.length);
  }

  /** Empties the line from one column to before another. */
  erase(from: number, to: number): void {
    const first = this.segments[0];
    if (to >= this.length) {
      this.segments = this.part(0, from);
      this.length = Math.min(this.length, from);
    } else if (first) this.write(from, { ...first, text: " ".repeat(to - from), style: {} });
  }

  get text(): string {
    return this.segments.map((segment) => segment.text).join("");
  }

  private part(from: number, to: number): Segment[] {
    const found: Segment[] = [];
    let at = 0;
    for (const segment of this.segments) {
      const text = segment.text.slice(Math.max(from - at, 0), Math.max(to - at, 0));
      if (text) found.push({ ...segment, text });
      at += segment.text.length;
    }
    return found;
  }
}
