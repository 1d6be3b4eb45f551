/** Folders as paths, and tags. Pure. */

export interface Shelved {
  id: string;
  name: string;
  folder: string;
  tags: string[];
}

export interface Counted {
  name: string;
  items: number;
}

const isBelow = (path: string, folder: string): boolean =>
  folder === "" || path === folder || path.startsWith(`${folder}/`);

export const parentOf = (folder: string): string => folder.slice(0, Math.max(0, folder.lastIndexOf("/")));

export const lastOf = (folder: string): string => folder.slice(folder.lastIndexOf("/") + 1);

/** The path as it is kept: each name trimmed, none empty. */
export const tidied = (path: string): string =>
  path
    .split("/")
    .map((part) => part.trim().replace(/\s+/g, " "))
    .filter(Boolean)
    .join("/");

/** A folder and those it lies in, from the top. */
export function pathTo(folder: string): string[] {
  const parts = folder ? folder.split("/") : [];
  return parts.map((_, at) => parts.slice(0, at + 1).join("/"));
}

const compare = new Intl.Collator("en", { numeric: true, sensitivity: "base" }).compare;

function counted(names: Iterable<string>): Counted[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts]
    .map(([name, items]) => ({ name, items }))
    .sort((one, other) => compare(one.name, other.name));
}

/** The folders right in one; `items` counts all that is in them and below. */
export function foldersIn(all: readonly Shelved[], folder: string): Counted[] {
  const start = folder ? folder.length + 1 : 0;
  return counted(
    all.flatMap(({ folder: path }) => {
      if (path === folder || !isBelow(path, folder)) return [];
      const end = path.indexOf("/", start);
      return [end < 0 ? path : path.slice(0, end)];
    }),
  );
}

export const allFolders = (all: readonly Shelved[]): string[] =>
  counted(all.flatMap(({ folder }) => pathTo(folder))).map(({ name }) => name);

export const tagsOf = (all: readonly Shelved[]): Counted[] => counted(all.flatMap(({ tags }) => tags));

/** The tags that all of them have. */
export const commonTags = (items: readonly Shelved[]): string[] =>
  (items[0]?.tags ?? []).filter((tag) => items.every(({ tags }) => tags.includes(tag)));

export interface Question {
  folder: string;
  tags: readonly string[];
  search: string;
}

/**
 * What lies in the folder, has all the tags, and every word of the search. A search or a tag looks in the folders
 * below, too. `text`: what else of an item the words may be in.
 */
export function found<T extends Shelved>(
  all: readonly T[],
  { folder, tags, search }: Question,
  text: (item: T) => string,
): T[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const deep = words.length > 0 || tags.length > 0;
  return all.filter((item) => {
    if (deep ? !isBelow(item.folder, folder) : item.folder !== folder) return false;
    if (!tags.every((tag) => item.tags.includes(tag))) return false;
    const all = `${item.name} ${item.folder} ${item.tags.join(" ")} ${text(item)}`.toLowerCase();
    return words.every((word) => all.includes(word));
  });
}
