import type { OutputEntry } from "../../api/types";
import { bytes, plural } from "../../ui/words";

/** "768 rows × 9 columns", "2 pictures", "12 kB" */
export function outputSize(output: OutputEntry): string {
  if (output.type === "table")
    return `${plural(output.rows ?? 0, "row")} × ${plural(output.columns ?? 0, "column")}`;
  if (output.type === "device") return output.pictures ? plural(output.pictures, "picture") : "text";
  return bytes(output.bytes ?? 0);
}
