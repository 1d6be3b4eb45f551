import { IconPlugConnectedX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { brokenModulesQuery } from "../../api/modules";
import { PaletteEntry } from "./PaletteEntry";
import { PaletteGroup } from "./PaletteGroup";

/** Modules that this server could not read, each with its reason: whoever looks for one learns why it is missing. */
export function BrokenGroup({ text }: { text: string }) {
  const { data = [] } = useQuery(brokenModulesQuery());
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const found = data.filter(({ slug }) => words.every((word) => titleOf(slug).toLowerCase().includes(word)));
  if (found.length === 0) return null;
  return (
    <PaletteGroup name="Cannot be read" count={found.length} forceOpen={words.length > 0}>
      {found.map(({ slug, unavailable }) => (
        <PaletteEntry
          key={slug}
          name={titleOf(slug)}
          dragged={{ module: slug }}
          Icon={IconPlugConnectedX}
          group="other"
          summary=""
          unavailable={`This server cannot read the module. ${unavailable}. \`doctor\` says more.`}
        />
      ))}
    </PaletteGroup>
  );
}

/** `split-data` → `Split Data`: a module that cannot be read does not say its name. */
function titleOf(slug: string): string {
  return slug.replaceAll("-", " ").replace(/\b\w/g, (letter) => letter.toUpperCase());
}
