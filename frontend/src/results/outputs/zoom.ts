/** Zooming a picture. Pure. */

const SMALLEST = 0.05;
const LARGEST = 16;

export const nextZoom = (zoom: number, factor: number): number =>
  Math.min(LARGEST, Math.max(SMALLEST, zoom * factor));

/** Where to scroll so that the point under the pointer stays there. */
export const zoomAt = (scrolled: number, pointer: number, factor: number): number =>
  (scrolled + pointer) * factor - pointer;
