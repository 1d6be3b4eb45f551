import { useCatalog } from "../store/catalog";
import { datasetLook, moduleLook } from "../flow/moduleLook";
import type { EntryKey } from "../window/liked";
import { PaletteEntry, type EntryProps } from "./PaletteEntry";
import { PaletteGroup } from "./PaletteGroup";

/** Entries gathered from all groups: favorites, or what was used last. Nothing where there are none. */
export function Shortlist({ name, note, keys }: { name: string; note: string; keys: readonly EntryKey[] }) {
  const catalog = useCatalog();
  const entries = keys.flatMap((key): (EntryProps & { key: EntryKey })[] => {
    if (key.startsWith("dataset:")) {
      const dataset = key.slice("dataset:".length);
      const known = catalog.datasets.find((one) => one.latest && one.name === dataset);
      return known
        ? [
            {
              key,
              name: dataset,
              dragged: catalog.reference(dataset),
              ...datasetLook(known.kind),
              summary: "",
            },
          ]
        : [];
    }
    const module = catalog.module(key);
    if (!module) return [];
    const { summary, unavailable } = module;
    return [
      {
        key,
        name: module.name,
        dragged: { module: key },
        ...moduleLook(key, module),
        summary,
        unavailable,
      },
    ];
  });
  if (entries.length === 0) return null;
  return (
    <PaletteGroup name={name} count={entries.length} forceOpen={false}>
      {entries.map(({ key, ...entry }) => (
        <PaletteEntry key={key} {...entry} note={note} />
      ))}
    </PaletteGroup>
  );
}
