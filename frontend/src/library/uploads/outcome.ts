import { typeWord } from "../../results/table/TypeMark";
import { plural } from "../../ui/words";
import type { UploadItem } from "./types";

const TOLD = 3;

/** What a person should know of an import beyond its size: rows set apart, and types that the review did not show. */
export function outcome({ dataset, reviewed }: Pick<UploadItem, "dataset" | "reviewed">): string[] {
  if (!dataset) return [];
  const told: string[] = [];
  if (dataset.rejected)
    told.push(`${plural(dataset.rejected.rows, "row")} set aside as “${dataset.name} rejects”.`);
  const other = (dataset.columns ?? []).filter(({ name, type }) => (reviewed?.[name] ?? type) !== type);
  if (other.length > 0) {
    const few = other.slice(0, TOLD).map(({ name, type }) => `${name} is ${typeWord(type)}`);
    const more = other.length > TOLD ? ` and ${other.length - TOLD} more` : "";
    told.push(`With all values read, some types differ from the review: ${few.join(", ")}${more}.`);
  }
  return told;
}
