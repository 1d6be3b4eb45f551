/** How a node names a dataset: "sales" follows the latest version, "sales@2" stays at the second. Pure. */

const PINNED = /^(.*)@(\d+)$/s;

export const nameOf = (said: string): string => PINNED.exec(said)?.[1] ?? said;

export const versionOf = (said: string): number | null => {
  const found = PINNED.exec(said)?.[2];
  return found ? Number(found) : null;
};

export const named = (name: string, version: number | null): string =>
  version === null ? name : `${name}@${version}`;
