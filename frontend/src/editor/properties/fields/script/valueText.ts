/** A variable of a script in a few words. */

import type { ShownValue } from "../../../../api/types";
import { bytes, count } from "../../../../ui/words";

/** valueText({type: "DataFrame", shape: [1204, 7], …}) → "DataFrame 1,204 × 7" */
export function valueText({ type, shape, text }: ShownValue): string {
  if (!shape) return text || type;
  return `${type} ${shape.map(count).join(" × ")}${shape.length === 1 ? " values" : ""}`;
}

export const sizeText = (value: ShownValue): string => (value.bytes ? bytes(value.bytes) : "");
