/** Files in what was dropped, folders walked through; a browser hands a folder over as an entry to be asked. */
export async function filesIn(transfer: DataTransfer): Promise<File[]> {
  // Entries must be taken at once: after the event the transfer is empty.
  const entries = [...transfer.items]
    .filter((item) => item.kind === "file")
    .map((item) => ({ entry: item.webkitGetAsEntry(), file: item.getAsFile() }));
  const found = await Promise.all(
    entries.map(async ({ entry, file }) => (entry?.isDirectory ? walk(entry) : file ? [file] : [])),
  );
  return found.flat();
}

async function walk(entry: FileSystemEntry): Promise<File[]> {
  if (isHidden(entry.name)) return [];
  if (isFile(entry)) return [await new Promise<File>((resolve, reject) => entry.file(resolve, reject))];
  const inside = await all((entry as FileSystemDirectoryEntry).createReader());
  return (await Promise.all(inside.map(walk))).flat();
}

/** A reader gives at most a hundred entries a time, and none when it is done. */
async function all(reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> {
  const found: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return found;
    found.push(...some);
  }
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;

/** What systems leave in folders (.DS_Store, Thumbs.db) is nobody's data. */
const isHidden = (name: string) => name.startsWith(".") || name === "Thumbs.db";
