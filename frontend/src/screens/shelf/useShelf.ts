import { useMemo, useState } from "react";
import { useSearchParams } from "react-router";
import { found, foldersIn, tagsOf, type Shelved } from "./shelf";

/**
 * What of a list is shown: the folder and the tags stand in the address, so that Back and links lead to them.
 * `text`: what else of an item a search looks through; one and the same function each time.
 */
export function useShelf<T extends Shelved>(all: readonly T[] | undefined, text: (item: T) => string) {
  const [params, setParams] = useSearchParams();
  const [search, setSearch] = useState("");
  const folder = params.get("folder") ?? "";
  const chosen = params.getAll("tag").join("\n");
  const tags = useMemo(() => (chosen ? chosen.split("\n") : []), [chosen]);
  const items = useMemo(
    () => found(all ?? [], { folder, tags, search }, text),
    [all, folder, tags, search, text],
  );
  const set = (folder: string, tags: readonly string[]) =>
    setParams([...(folder ? [["folder", folder]] : []), ...tags.map((tag) => ["tag", tag])] as [
      string,
      string,
    ][]);
  return {
    folder,
    tags,
    search,
    setSearch,
    items,
    folders: useMemo(() => foldersIn(all ?? [], folder), [all, folder]),
    allTags: useMemo(() => tagsOf(all ?? []), [all]),
    open: (to: string) => {
      setSearch("");
      set(to, []);
    },
    toggleTag: (tag: string) =>
      set(folder, tags.includes(tag) ? tags.filter((one) => one !== tag) : [...tags, tag]),
    clear: () => {
      setSearch("");
      set(folder, []);
    },
  };
}

export type Shelf = Omit<ReturnType<typeof useShelf>, "items">;
