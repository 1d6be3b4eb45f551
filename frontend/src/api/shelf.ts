import { answerOf, api } from "./client";

/** What lies in folders and has tags. */
export type Kind = "experiments" | "datasets";

export interface ShelfWish {
  /** Where to; empty: in no folder. Left out: where they are. */
  folder?: string;
  add?: string[];
  remove?: string[];
}

/** Moves and tags several at once. */
export function shelve(kind: Kind, ids: string[], { folder, add = [], remove = [] }: ShelfWish) {
  const body = { ids, add_tags: add, remove_tags: remove, ...(folder === undefined ? {} : { folder }) };
  return answerOf(
    kind === "experiments"
      ? api.POST("/api/v1/experiments/shelve", { body })
      : api.POST("/api/v1/datasets/shelve", { body }),
  );
}

/** Gives a folder another path, with all that lies in it and below. */
export function moveFolder(kind: Kind, folder: string, to: string) {
  const body = { folder, to };
  return answerOf(
    kind === "experiments"
      ? api.POST("/api/v1/experiments/folders/move", { body })
      : api.POST("/api/v1/datasets/folders/move", { body }),
  );
}
