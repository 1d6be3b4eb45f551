/** The texts in a package of modules. It is unpacked here, in the browser of whoever brings it. */

import { plural } from "../ui/words";

const MOST_FILES = 300;
const MOST_BYTES = 8 << 20;
const TEXTS = /\.(json|xml|r|py|sql|txt|md)$/i;

class Sum {
  private files = 0;
  private bytes = 0;

  add(name: string, bytes: number): void {
    this.files += 1;
    this.bytes += bytes;
    if (this.files > MOST_FILES || this.bytes > MOST_BYTES)
      throw new Error(
        `It has more than a package of modules may have: ${plural(MOST_FILES, "file")}, ${MOST_BYTES >> 20} MB (at ${name}).`,
      );
  }
}

/** By name; of zips what is in them. Files that are no text of a module are left out. */
export async function readPackage(files: readonly File[]): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  const sum = new Sum();
  for (const file of files) {
    if (!/\.zip$/i.test(file.name)) {
      sum.add(file.name, file.size);
      found[file.name] = await file.text();
      continue;
    }
    const { unzipSync } = await import("fflate");
    if (file.size > MOST_BYTES) sum.add(file.name, file.size);
    const entries = unzipSync(new Uint8Array(await file.arrayBuffer()), {
      filter: ({ name, originalSize }) => {
        const isText = TEXTS.test(name) && !name.startsWith("__MACOSX/");
        if (isText) sum.add(name, originalSize);
        return isText;
      },
    });
    for (const [name, content] of Object.entries(entries)) found[name] = new TextDecoder().decode(content);
  }
  return found;
}
