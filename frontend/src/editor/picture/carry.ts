/** Pictures that carry their experiment: in a PNG as a text chunk (iTXt), in an SVG as metadata. */

import { readText } from "../../graph/clipboard";
import type { Mended } from "../../graph/whole";

const KEYWORD = "studio-experiment";
const SIGNATURE = [137, 80, 78, 71, 13, 10, 26, 10];

/** Length, type and checksum of a chunk, around its data. */
const FRAME = 12;

const isPng = (bytes: Uint8Array): boolean => SIGNATURE.every((byte, at) => bytes[at] === byte);

/** The PNG with the text in it, right after its header. */
export function putIntoPng(png: Uint8Array, text: string): Uint8Array<ArrayBuffer> {
  const header = SIGNATURE.length + FRAME + 13;
  const chunk = textChunk(text);
  const out = new Uint8Array(png.length + chunk.length);
  out.set(png.subarray(0, header));
  out.set(chunk, header);
  out.set(png.subarray(header), header + chunk.length);
  return out;
}

/** The text in a PNG, or null where it carries none. */
export function takeFromPng(png: Uint8Array): string | null {
  if (!isPng(png)) return null;
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  for (let at = SIGNATURE.length; at + FRAME <= png.length;) {
    const length = view.getUint32(at);
    const type = String.fromCharCode(...png.subarray(at + 4, at + 8));
    const data = png.subarray(at + 8, at + 8 + length);
    if (type === "iTXt" && startsWithKeyword(data))
      return new TextDecoder().decode(data.subarray(PREFIX.length));
    at += FRAME + length;
  }
  return null;
}

/** Keyword, end of it, not compressed, by no method, in no language, with no translated keyword. */
const PREFIX = new TextEncoder().encode(`${KEYWORD}\0\0\0\0\0`);

const startsWithKeyword = (data: Uint8Array): boolean => PREFIX.every((byte, at) => data[at] === byte);

function textChunk(text: string): Uint8Array {
  const body = new TextEncoder().encode(text);
  const chunk = new Uint8Array(FRAME + PREFIX.length + body.length);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, PREFIX.length + body.length);
  chunk.set(new TextEncoder().encode("iTXt"), 4);
  chunk.set(PREFIX, 8);
  chunk.set(body, 8 + PREFIX.length);
  view.setUint32(chunk.length - 4, crc32(chunk.subarray(4, chunk.length - 4)));
  return chunk;
}

/** The checksum PNG asks for (ISO 3309). */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

/** The text in an SVG's metadata, or null. */
export function takeFromSvg(svg: string): string | null {
  const found = new DOMParser().parseFromString(svg, "image/svg+xml").getElementById(KEYWORD);
  return found?.textContent ?? null;
}

/** The metadata element for an SVG. */
export const svgMetadata = (text: string): string =>
  `<metadata id="${KEYWORD}">${text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;")}</metadata>`;

/** The experiment in a file that was dropped: an experiment file, or a picture that carries one; else null. */
export async function carried(file: File): Promise<Mended | null> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (isPng(bytes)) return readText(takeFromPng(bytes) ?? "");
  const text = new TextDecoder().decode(bytes);
  return readText(/\.svg$/i.test(file.name) ? (takeFromSvg(text) ?? "") : text);
}

export const mayCarry = (file: File): boolean => /\.(json|png|svg)$/i.test(file.name);
