/** A drawn chart as a file. */

import { fileName } from "../../ui/download";

const SHARP = 2;

/** The picture's own text, with colors in place of the page's names for them. */
function svgText(svg: SVGSVGElement): string {
  const style = getComputedStyle(document.documentElement);
  const copy = svg.cloneNode(true) as SVGSVGElement;
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  return new XMLSerializer()
    .serializeToString(copy)
    .replace(/var\((--[\w-]+)\)/g, (_, name: string) => style.getPropertyValue(name).trim() || "#000");
}

export async function saveChart(svg: SVGSVGElement, name: string, format: "svg" | "png"): Promise<void> {
  const drawing = new Blob([svgText(svg)], { type: "image/svg+xml" });
  const file = format === "svg" ? drawing : await asPng(drawing, svg);
  const url = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = url;
  link.download = `${fileName(name)}.${format}`;
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

async function asPng(drawing: Blob, svg: SVGSVGElement): Promise<Blob> {
  const url = URL.createObjectURL(drawing);
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = svg.width.baseVal.value * SHARP;
    canvas.height = svg.height.baseVal.value * SHARP;
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const made = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/png"));
    if (!made) throw new Error("The browser could not draw the picture. Save it as SVG instead.");
    return made;
  } finally {
    URL.revokeObjectURL(url);
  }
}
