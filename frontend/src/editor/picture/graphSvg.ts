/** The graph as a picture of its own: no style sheet, no font and no script from elsewhere. Pure. */

import { COLLAPSED, framesOf, hiddenBy, notesOf } from "../../graph/marks";
import { endOf, findNode, findPort, outputType } from "../../graph/read";
import type { Catalog, Color, Marked, Position, Size } from "../../graph/types";
import { Boxes } from "../../graph/route/boxes";
import { wirePath } from "../../graph/route/wirePath";
import { svgMetadata } from "./carry";

export interface Drawing {
  /** How a node is called in bold. */
  titleOf(node: Marked["nodes"][number]): string;
  /** How large it is on the canvas. */
  sizeOf(id: string): Size;
  /** What a note says, line by line. */
  linesOf(text: string): { words: string; bold: boolean }[];
}

const MARGIN = 32;

/** What the picture is drawn in: the hues of tokens.css, which a picture of its own cannot ask for. */
export interface Inks {
  page: string;
  node: string;
  ink: string;
  quiet: string;
  line: string;
  ports: Record<string, string>;
}

export const LIGHT: Inks = {
  page: "#ffffff",
  node: "#ffffff",
  ink: "#1c222b",
  quiet: "#5b6575",
  line: "#c3c9d3",
  ports: {
    table: "#2f6fd0",
    bundle: "#b06a00",
    device: "#8146c2",
    model: "#1c7f6b",
    transform: "#c03f7c",
  },
};

export const DARK: Inks = {
  page: "#13171d",
  node: "#181d24",
  ink: "#dfe3ea",
  quiet: "#98a1af",
  line: "#444d5b",
  ports: {
    table: "#6aa3f5",
    bundle: "#e0a044",
    device: "#b78af0",
    model: "#4fc3a8",
    transform: "#f07fb3",
  },
};

const HUES: Record<Color, string> = {
  yellow: "#c79200",
  blue: "#2f6fd0",
  green: "#1c7443",
  violet: "#8146c2",
  red: "#c02b2b",
  gray: "#5b6575",
};

const escaped = (text: string): string =>
  text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");

const fit = (text: string, characters: number): string =>
  escaped(text.length > characters ? `${text.slice(0, characters - 1)}…` : text);

/** Characters of ordinary width that stand on one line of a box. */
const charactersIn = ({ width }: Size): number => Math.floor((width - 20) / 7);

/** Lines of at most so many characters, broken between words. */
function wrapped(words: string, characters: number): string[] {
  return words.split("\n").flatMap((line) => {
    const lines = [""];
    for (const word of line.split(" ")) {
      const last = lines.at(-1) ?? "";
      if (last && last.length + word.length >= characters) lines.push(word);
      else lines[lines.length - 1] = last ? `${last} ${word}` : word;
    }
    return lines;
  });
}

interface Box extends Size, Position {}

/** An SVG of what is on the canvas; `carries`, where it is not empty, goes along as metadata. */
export function graphSvg(
  file: Marked,
  catalog: Catalog,
  drawing: Drawing,
  carries: string,
  inks: Inks = LIGHT,
): string {
  const hidden = hiddenBy(file);
  const shown = <T extends { id: string }>(list: readonly T[]) => list.filter((one) => !hidden.has(one.id));
  const frames = shown(framesOf(file));
  const notes = shown(notesOf(file));
  const nodes = shown(file.nodes);
  const boxes = new Map<string, Box>([
    ...frames.map((one) => [one.id, { ...one.position, ...(one.collapsed ? COLLAPSED : one.size) }] as const),
    ...notes.map((one) => [one.id, { ...one.position, ...one.size }] as const),
    ...nodes.map((one) => [one.id, { ...one.position, ...drawing.sizeOf(one.id) }] as const),
  ]);
  const boxOf = (id: string): Box => boxes.get(id) ?? { x: 0, y: 0, width: 0, height: 0 };
  const portAt = (end: string, side: "input" | "output"): Position & { type: string } => {
    const { node: id, port: name } = endOf(end);
    const node = findNode(file, id);
    const module = node && catalog.module(node.module);
    const ports = (side === "input" ? module?.inputs : module?.outputs) ?? [];
    const port = findPort(ports, name);
    const type =
      (node && port && side === "output" && outputType(catalog, node, port)) || port?.type || "table";
    const frame = hidden.get(id);
    const box = boxOf(frame ?? id);
    const share = frame === undefined && port ? (ports.indexOf(port) + 1) / (ports.length + 1) : 0.5;
    return { x: box.x + box.width * share, y: side === "input" ? box.y : box.y + box.height, type };
  };

  const open = new Set(frames.filter((one) => !one.collapsed).map(({ id }) => id));
  const inTheWay = new Boxes(
    [...boxes].flatMap(([id, { x, y, width, height }]) =>
      open.has(id) ? [] : [{ id, left: x, top: y, right: x + width, bottom: y + height }],
    ),
  );
  const all = boxes.size > 0 ? [...boxes.values()] : [{ x: 0, y: 0, width: 200, height: 120 }];
  const left = Math.min(...all.map((box) => box.x)) - MARGIN;
  const top = Math.min(...all.map((box) => box.y)) - MARGIN;
  const right = Math.max(...all.map((box) => box.x + box.width)) + MARGIN;
  const bottom = Math.max(...all.map((box) => box.y + box.height)) + MARGIN;
  const text = (box: Box, down: number, words: string, bold: boolean): string =>
    `<text x="${box.x + 14}" y="${box.y + down}" fill="${bold ? inks.ink : inks.quiet}"${bold ? ' font-weight="600"' : ""}>${fit(words, charactersIn(box))}</text>`;
  const inkOf = (type: string): string => inks.ports[type] ?? inks.quiet;

  const parts = [
    `<rect x="${left}" y="${top}" width="${right - left}" height="${bottom - top}" fill="${inks.page}"/>`,
    ...frames.map((one) => {
      const hue = HUES[one.color];
      return `${rect(boxOf(one.id), `fill="${hue}" fill-opacity="0.08" stroke="${hue}" stroke-opacity="0.5"`)}${text(boxOf(one.id), 22, one.title || "Frame", true)}`;
    }),
    ...file.wires
      .filter((wire) => {
        const [from, to] = [hidden.get(endOf(wire.from).node), hidden.get(endOf(wire.to).node)];
        return from === undefined || from !== to;
      })
      .map((wire) => {
        const [start, end] = [portAt(wire.from, "output"), portAt(wire.to, "input")];
        const [source, target] = [endOf(wire.from).node, endOf(wire.to).node];
        const ends = {
          start,
          end,
          source: hidden.get(source) ?? source,
          target: hidden.get(target) ?? target,
        };
        const { path } = wirePath({ ...ends, lane: 0 }, inTheWay);
        return `<path d="${path}" fill="none" stroke="${inkOf(start.type)}" stroke-width="1.5"/>`;
      }),
    ...notes.map((one) => {
      const hue = HUES[one.color];
      const lines = drawing
        .linesOf(one.text)
        .flatMap(({ words, bold }) =>
          wrapped(words, charactersIn(one.size)).map((words) => ({ words, bold })),
        )
        .slice(0, Math.floor(one.size.height / 18));
      return [
        rect(boxOf(one.id), `fill="${hue}" fill-opacity="0.14" stroke="${hue}" stroke-opacity="0.5"`),
        ...lines.map(({ words, bold }, index) => text(boxOf(one.id), 22 + index * 18, words, bold)),
      ].join("");
    }),
    ...nodes.map((node) => {
      const box = boxOf(node.id);
      const module = catalog.module(node.module);
      const dots = [
        ...(module?.inputs ?? []).map((port) => portAt(`${node.id}.${port.name}`, "input")),
        ...(module?.outputs ?? []).map((port) => portAt(`${node.id}.${port.name}`, "output")),
      ];
      return [
        rect(box, `fill="${inks.node}" stroke="${inks.line}"`),
        text(box, node.comment ? 24 : box.height / 2 + 5, drawing.titleOf(node), true),
        node.comment ? text(box, 44, node.comment.split("\n")[0] ?? "", false) : "",
        ...dots.map(
          ({ x, y, type }) =>
            `<circle cx="${x}" cy="${y}" r="4.5" fill="${inks.node}" stroke="${inkOf(type)}" stroke-width="2"/>`,
        ),
      ].join("");
    }),
  ];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${right - left}" height="${bottom - top}" viewBox="${left} ${top} ${right - left} ${bottom - top}" font-family="system-ui, sans-serif" font-size="13">`,
    carries && svgMetadata(carries),
    ...parts,
    "</svg>",
  ].join("\n");
}

const rect = (box: Box, style: string): string =>
  `<rect x="${box.x}" y="${box.y}" width="${box.width}" height="${box.height}" rx="8" ${style}/>`;
