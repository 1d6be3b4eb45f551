import type { ReactNode } from "react";
import { apart, type Scale } from "./scale";

export interface Size {
  width: number;
  height: number;
}

/** Pixels around what is drawn, for words. */
export const MARGIN = { top: 16, right: 24, bottom: 46, left: 68 };

export const INK = { fill: "var(--studio-text-muted)", fontSize: 12 } as const;
const TITLE = { fill: "var(--studio-text)", fontSize: 12, fontWeight: 600 } as const;
const LINE = { stroke: "var(--studio-line)", strokeWidth: 1 } as const;

interface Props {
  size: Size;
  /** What is to be heard of the picture. */
  label: string;
  x?: Scale | undefined;
  y?: Scale | undefined;
  xTitle?: string | undefined;
  yTitle?: string | undefined;
  left?: number;
  children: ReactNode;
}

/** Pixels of a letter of a title, about. */
const LETTER = 7;

/** The middle of the axis; of a title too long for it, as near to it as the paper allows. */
const titleMiddle = (title: string, middle: number, width: number): number =>
  Math.min(middle, Math.max(width / 2, width - (title.length * LETTER) / 2));

/** Paper, axes and their words. Colors are written as they are, so that a saved chart keeps them. */
export function Frame({
  size: { width, height },
  label,
  x,
  y,
  xTitle,
  yTitle,
  left = MARGIN.left,
  children,
}: Props) {
  const bottom = height - MARGIN.bottom;
  const right = width - MARGIN.right;
  return (
    <svg
      role="img"
      aria-label={label}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      fontFamily="system-ui, sans-serif"
      style={{ display: "block" }}
    >
      <rect width={width} height={height} style={{ fill: "var(--studio-surface)" }} />
      {y?.ticks.map(({ value, text }) => (
        <g key={value}>
          <line x1={left} x2={right} y1={y.at(value)} y2={y.at(value)} style={LINE} />
          <text x={left - 8} y={y.at(value) + 4} textAnchor="end" style={INK}>
            {text}
          </text>
        </g>
      ))}
      {x
        ? apart(x).map(({ value, text }) => (
            <g key={value}>
              <line x1={x.at(value)} x2={x.at(value)} y1={bottom} y2={bottom + 4} style={LINE} />
              <text x={x.at(value)} y={bottom + 17} textAnchor="middle" style={INK}>
                {text}
              </text>
            </g>
          ))
        : null}
      {children}
      {x ? (
        <line
          x1={left}
          x2={right}
          y1={bottom}
          y2={bottom}
          style={{ ...LINE, stroke: "var(--studio-line-strong)" }}
        />
      ) : null}
      {xTitle ? (
        <text
          x={titleMiddle(xTitle, (left + right) / 2, width)}
          y={height - 8}
          textAnchor="middle"
          style={TITLE}
        >
          {xTitle}
        </text>
      ) : null}
      {yTitle ? (
        <text
          transform={`translate(14 ${(MARGIN.top + bottom) / 2}) rotate(-90)`}
          textAnchor="middle"
          style={TITLE}
        >
          {yTitle}
        </text>
      ) : null}
    </svg>
  );
}

/** The first and last pixel of what is drawn, across and upwards. */
export const inner = ({ width, height }: Size, left = MARGIN.left) => ({
  across: [left, width - MARGIN.right] as [number, number],
  up: [height - MARGIN.bottom, MARGIN.top] as [number, number],
});

export const scaleKind = (type: string | undefined): "time" | "number" =>
  type === "datetime" ? "time" : "number";
