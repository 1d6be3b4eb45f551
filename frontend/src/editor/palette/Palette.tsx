import { Button } from "@mantine/core";
import { IconSearch, IconX } from "@tabler/icons-react";
import { useMemo, useState, type KeyboardEvent } from "react";
import { IconButton } from "../../ui/IconButton";
import { useWithDocs } from "../../ui/docs/useWithDocs";
import { useCatalog } from "../store/catalog";
import { groupLook, moduleLook } from "../flow/moduleLook";
import { BrokenGroup } from "./BrokenGroup";
import { DatasetGroup } from "./DatasetGroup";
import classes from "./Palette.module.css";
import { useLiked } from "../window/liked";
import { addEntry, PaletteEntry } from "./PaletteEntry";
import { PaletteGroup } from "./PaletteGroup";
import { datasetsOf, groupsOf, leadWithDatasets } from "./search";
import { Shortlist } from "./Shortlist";
import { useUsedCategories } from "./useUsedCategories";

/** What can be put on the canvas. */
export function Palette() {
  const catalog = useCatalog();
  const [text, setText] = useState("");
  const searching = text.trim() !== "";
  const offered = useWithDocs(catalog.offered, searching);
  const groups = useMemo(
    () =>
      groupsOf(
        offered.filter(({ reference }) => !reference),
        text,
      ),
    [offered, text],
  );
  const datasets = useMemo(
    () => datasetsOf(catalog.datasets, text, catalog.offered.find(({ reference }) => reference)?.synonyms),
    [catalog, text],
  );
  const { favorites, recent } = useLiked();
  const used = useUsedCategories();
  const nothing = searching && groups.length === 0 && datasets.length === 0;
  const datasetsLead = !searching || leadWithDatasets(datasets, groups, text);
  const firstDataset = datasetsLead ? datasets[0] : undefined;
  const firstModule = firstDataset ? undefined : groups[0]?.modules[0];
  const first = searching ? (firstDataset ?? firstModule) : undefined;
  const addFirst = () => {
    if (firstDataset) addEntry(catalog.reference(firstDataset.name));
    else if (firstModule) addEntry({ module: firstModule.slug }, firstModule.unavailable);
  };
  const datasetGroup =
    !searching || datasets.length > 0 ? (
      <DatasetGroup datasets={datasets} forceOpen={searching} first={first?.name} />
    ) : null;

  return (
    <div className={classes.palette}>
      <div className={classes.search}>
        <IconSearch size={16} className={classes.glass} aria-hidden />
        <input
          type="search"
          data-autofocus
          aria-label="Search modules and datasets"
          aria-description={first ? `Enter adds ${first.name}` : undefined}
          placeholder="Search modules and datasets"
          className={classes.input}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === "Escape" && searching) setText("");
            if (event.key === "ArrowDown") moveFocus(event, 1);
            if (event.key === "Enter" && first && !event.nativeEvent.isComposing) {
              event.preventDefault();
              addFirst();
            }
          }}
        />
        {searching ? (
          <IconButton label="Clear the search" size={22} onClick={() => setText("")}>
            <IconX size={14} />
          </IconButton>
        ) : null}
      </div>
      <div className={classes.list} onKeyDown={onArrow}>
        {searching ? null : (
          <>
            <Shortlist name="Favorites" note="favorite" keys={favorites} />
            <Shortlist name="Recently used" note="recently used" keys={recent} />
          </>
        )}
        {datasetsLead ? datasetGroup : null}
        {groups.map((group) => (
          <PaletteGroup
            key={group.name}
            name={group.name}
            count={group.modules.length}
            forceOpen={searching}
            inUse={used.has(group.name)}
            group={groupLook(group.name).group}
          >
            {group.modules.map((module) => (
              <PaletteEntry
                key={module.slug}
                name={module.name}
                dragged={{ module: module.slug }}
                {...moduleLook(module.slug, module)}
                summary={module.summary}
                unavailable={module.unavailable}
                first={module === first}
              />
            ))}
          </PaletteGroup>
        ))}
        {datasetsLead ? null : datasetGroup}
        <BrokenGroup text={text} />
        {nothing ? (
          <div className={classes.nothing}>
            <p>Nothing matches “{text.trim()}”.</p>
            <Button size="xs" variant="default" onClick={() => setText("")}>
              Show everything
            </Button>
          </div>
        ) : null}
      </div>
    </div>
  );
}

function onArrow(event: KeyboardEvent): void {
  if (event.key === "ArrowDown") moveFocus(event, 1);
  if (event.key === "ArrowUp") moveFocus(event, -1);
}

/** The arrow keys go through what is in the list; from the search, past the hit that Enter adds already. */
function moveFocus(event: KeyboardEvent, by: 1 | -1): void {
  const panel = (event.currentTarget as HTMLElement).closest('[data-panel="palette"]');
  const searching = panel?.querySelector('[data-first="true"]');
  const wanted = searching ? "input, [data-stop][draggable]" : "input, [data-stop]";
  const stops = [...(panel?.querySelectorAll<HTMLElement>(wanted) ?? [])].filter((one) => one.offsetParent);
  const at = stops.indexOf(document.activeElement as HTMLElement);
  const next = at === 0 && searching ? (stops[2] ?? stops[1]) : stops[at + by];
  if (!next) return;
  event.preventDefault();
  event.stopPropagation();
  next.focus();
}
