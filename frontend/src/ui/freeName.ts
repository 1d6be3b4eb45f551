/** `base`, or the first of "base 2", "base 3", … that no one has. */
export function freeName(base: string, existing: readonly { name: string }[]): string {
  const taken = new Set(existing.map(({ name }) => name));
  let name = base;
  for (let n = 2; taken.has(name); n += 1) name = `${base} ${n}`;
  return name;
}
