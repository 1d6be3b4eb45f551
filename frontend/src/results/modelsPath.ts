/** Where models lie side by side; their names come with the link. Pure. */

import type { Side } from "./comparePath";

/** A trained model, or a dataset that one has scored. */
export interface ComparedModel extends Side {
  kind: "model" | "scored";
}

export interface ModelComparison {
  items: ComparedModel[];
  /** What the models score. */
  table?: Side | undefined;
}

export function modelsPath({ items, table }: ModelComparison): string {
  const search = new URLSearchParams();
  for (const { kind, artifact, name } of items) {
    search.append(kind, artifact);
    search.append("name", name);
  }
  if (table) {
    search.set("table", table.artifact);
    search.set("table_name", table.name);
  }
  return `/models?${search.toString()}`;
}

export function readComparison(search: URLSearchParams): ModelComparison {
  const names = search.getAll("name");
  const items = [...search]
    .filter((entry): entry is ["model" | "scored", string] => entry[0] === "model" || entry[0] === "scored")
    .map(([kind, artifact], place) => ({ kind, artifact, name: names[place] || `Model ${place + 1}` }));
  const table = search.get("table");
  return table
    ? { items, table: { artifact: table, name: search.get("table_name") || "a table" } }
    : { items };
}
