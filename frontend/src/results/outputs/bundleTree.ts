/** A bundle's files as a tree. Pure. */

export interface TreeRow {
  /** The whole path; of a folder without the last slash. */
  path: string;
  name: string;
  depth: number;
  folder: boolean;
  /** Of a folder: of all that is in it. */
  bytes: number;
}

interface Folder {
  folders: Map<string, Folder>;
  files: { name: string; path: string; bytes: number }[];
}

/** file 2 before file 10. */
const { compare } = new Intl.Collator("en", { numeric: true });

const empty = (): Folder => ({ folders: new Map(), files: [] });

/** The folders at the top: of a bundle with many files they are closed at first. */
export const topFolders = (entries: readonly { name: string }[]): Set<string> =>
  new Set(entries.flatMap(({ name }) => (name.includes("/") ? [name.slice(0, name.indexOf("/"))] : [])));

/** The rows to draw: folders first, each by name; what is in a closed folder is left out. */
export function treeRows(
  entries: readonly { name: string; bytes: number }[],
  closed: ReadonlySet<string>,
): TreeRow[] {
  const root = empty();
  for (const { name: path, bytes } of entries) {
    const parts = path.split("/");
    let at = root;
    for (const part of parts.slice(0, -1)) {
      const next = at.folders.get(part) ?? empty();
      at.folders.set(part, next);
      at = next;
    }
    at.files.push({ name: parts[parts.length - 1] ?? path, path, bytes });
  }
  return rowsOf(root, "", 0, closed);
}

function rowsOf(folder: Folder, above: string, depth: number, closed: ReadonlySet<string>): TreeRow[] {
  const rows: TreeRow[] = [];
  for (const name of [...folder.folders.keys()].sort(compare)) {
    const child = folder.folders.get(name) ?? empty();
    const path = above ? `${above}/${name}` : name;
    rows.push({ path, name, depth, folder: true, bytes: sizeOf(child) });
    if (!closed.has(path)) rows.push(...rowsOf(child, path, depth + 1, closed));
  }
  const files = [...folder.files].sort((a, b) => compare(a.name, b.name));
  for (const { name, path, bytes } of files) rows.push({ path, name, depth, folder: false, bytes });
  return rows;
}

const sizeOf = ({ folders, files }: Folder): number =>
  files.reduce((sum, { bytes }) => sum + bytes, 0) +
  [...folders.values()].reduce((sum, child) => sum + sizeOf(child), 0);
