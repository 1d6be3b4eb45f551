import { memo, useEffect, useRef, type CSSProperties, type ReactNode } from "react";
import type { Style } from "./ansi";
import type { Segment } from "./line";
import { leftOut, type Block } from "./screen";
import { matchesIn } from "./logSearch";
import classes from "./LogLines.module.css";
import { useNear } from "./useNear";

const LINE_PX = 18;

interface Props {
  block: Block;
  /** Redraws it: the block itself changes in place. */
  version: number;
  query: string;
  /** Which of its matches is the current one; null where it is in another block. */
  current: number | null;
  onLine: ((line: number) => void) | null;
  /** The last of its log, which is drawn wherever it is: there the log goes on. */
  last: boolean;
}

/** Some lines of a log, drawn where they are near what is seen: a million lines at once would stop the page. */
export const LogLines = memo(function LogLines({ block, version, query, current, onLine, last }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const { near, height } = useNear(box);
  useEffect(() => {
    if (current !== null) box.current?.querySelector("[data-current]")?.scrollIntoView({ block: "nearest" });
  }, [current, query]);
  if (block.skipped > 0) return <div className={classes.gap}>{leftOut(block.skipped)}</div>;
  if (!near && !last && current === null)
    return <div ref={box} style={{ height: height ?? block.lines.length * LINE_PX }} />;
  let seen = 0;
  const draw = (text: string): ReactNode =>
    marked(text, query, () => {
      seen += 1;
      return seen - 1 === current;
    });
  return (
    <div ref={box} data-version={version}>
      {block.lines.map((line, place) => (
        <div key={place} className={classes.line}>
          {line.segments.length > 0
            ? line.segments.map((segment, at) => (
                <Piece key={at} segment={segment} draw={draw} onLine={onLine} />
              ))
            : "\n"}
        </div>
      ))}
    </div>
  );
});

function marked(text: string, query: string, isCurrent: () => boolean): ReactNode {
  const places = matchesIn(text, query);
  if (places.length === 0) return text;
  const pieces: ReactNode[] = [];
  let at = 0;
  for (const place of places) {
    pieces.push(
      text.slice(at, place),
      <mark key={place} className={classes.match} data-current={isCurrent() || undefined}>
        {text.slice(place, place + query.length)}
      </mark>,
    );
    at = place + query.length;
  }
  return [...pieces, text.slice(at)];
}

const SCRIPT_LINE = /(File "script\.py", line (\d+))/;

interface PieceProps {
  segment: Segment;
  draw: (text: string) => ReactNode;
  onLine: ((line: number) => void) | null;
}

function Piece({ segment, draw, onLine }: PieceProps) {
  const pieces = segment.stream === "stdout" || !onLine ? [segment.text] : segment.text.split(SCRIPT_LINE);
  return (
    <span data-stream={segment.stream} className={classes.piece} style={looks(segment.style)}>
      {pieces.map((piece, place) => {
        if (place % 3 === 2) return null; // the number, within the piece before it
        if (place % 3 === 0) return <span key={place}>{draw(piece)}</span>;
        return (
          <button
            key={place}
            type="button"
            className={classes.link}
            onClick={() => onLine?.(Number(pieces[place + 1]))}
          >
            {draw(piece)}
          </button>
        );
      })}
    </span>
  );
}

function looks(style: Style): CSSProperties | undefined {
  if (Object.keys(style).length === 0) return undefined;
  const [fg, bg] = style.inverse
    ? [style.bg ?? "var(--studio-surface)", style.fg ?? "var(--studio-text)"]
    : [style.fg, style.bg];
  return {
    ...(fg && { color: fg }),
    ...(bg && { backgroundColor: bg }),
    ...(style.bold && { fontWeight: 600 }),
    ...(style.dim && { opacity: 0.7 }),
    ...(style.italic && { fontStyle: "italic" }),
    ...(style.underline && { textDecoration: "underline" }),
  };
}
