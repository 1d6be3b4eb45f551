/** The experiment as a picture to keep, which can be dropped back on a canvas. */

import { nodeName } from "../../graph/read";
import { NODE_HEIGHT, NODE_WIDTH } from "../../graph/place";
import { download, fileName } from "../../ui/download";
import { currentCatalog } from "../store/catalog";
import { useEditor } from "../store/store";
import { putIntoPng } from "./carry";
import { graphSvg } from "./graphSvg";
import { noteLines } from "./noteLines";

const SCALE = 2;
/** Pixels; browsers draw no canvas beyond some such size. */
const LARGEST = 8192;

function drawn(): { svg: string; text: string; name: string } {
  const { draft } = useEditor.getState();
  const catalog = currentCatalog();
  const text = JSON.stringify(draft);
  const svg = graphSvg(
    draft,
    catalog,
    {
      titleOf: (node) => nodeName(catalog, node),
      linesOf: noteLines,
      sizeOf: (id) => {
        const element = document.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`);
        return { width: NODE_WIDTH, height: element?.offsetHeight ?? NODE_HEIGHT };
      },
    },
    text,
  );
  return { svg, text, name: fileName(draft.name) };
}

export function exportSvg(): void {
  const { svg, name } = drawn();
  download(`${name}.studio.svg`, new Blob([svg], { type: "image/svg+xml" }));
}

export async function exportPng(): Promise<void> {
  const { svg, text, name } = drawn();
  const image = new Image();
  const url = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    image.src = url;
    await image.decode();
    const scale = Math.min(SCALE, LARGEST / image.width, LARGEST / image.height);
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(image.width * scale);
    canvas.height = Math.round(image.height * scale);
    const brush = canvas.getContext("2d");
    if (!brush) throw new Error("This browser draws no pictures. Export as SVG instead.");
    brush.drawImage(image, 0, 0, canvas.width, canvas.height);
    const png = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
    if (!png) throw new Error("The picture is too large for this browser. Export as SVG instead.");
    const bytes = putIntoPng(new Uint8Array(await png.arrayBuffer()), text);
    download(`${name}.studio.png`, new Blob([bytes], { type: "image/png" }));
  } finally {
    URL.revokeObjectURL(url);
  }
}
