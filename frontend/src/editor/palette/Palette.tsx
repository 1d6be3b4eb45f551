import { Button } from "@mantine/core";
import { IconSearch, IconX } from "@tabler/icons-react";
import { useMemo, useState, type KeyboardEvent } from "react";
import { Link } from "react-router";
import { IconButton } from "../../ui/IconButton";
import { plural } from "../../ui/words";
import { useCatalog } from "../catalog";
import { moduleLook } from "../canvas/moduleLook";
import classes from "./Palette.module.css";
import { useLiked } from "./liked";
import { PaletteEntry } from "./PaletteEntry";
import { PaletteGroup } from "./PaletteGroup";
import { datasetsOf, groupsOf } from "./search";
import { Shortlist } from "./Shortlist";

/** What can be put on the canvas. */
export function Palette() {
  const catalog = useCatalog();
  const [text, setText] = useState("");
  const groups = useMemo(
    () =>
      groupsOf(
        catalog.modules.filter((module) => module.slug !== "dataset"),
        text,
      ),
    [catalog.modules, text],
  );
  const datasets = useMemo(
    () => datasetsOf(catalog.datasets, text, catalog.module("dataset")?.synonyms),
    [catalog, text],
  );
  const { favourites, recent } = useLiked();
  const searching = text.trim() !== "";
  const nothing = searching && groups.length === 0 && datasets.length === 0;

  return (
    <div className={classes.palette}>
      <div className={classes.search}>
        <IconSearch size={16} className={classes.glass} aria-hidden />
        <input
          type="search"
          data-autofocus
          aria-label="Search modules and datasets"
          placeholder="Search modules and datasets"
          className={classes.input}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === "Escape" && searching) setText("");
            if (event.key === "ArrowDown") moveFocus(event, 1);
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
            <Shortlist name="Favourites" note="favourite" keys={favourites} />
            <Shortlist name="Recently used" note="recently used" keys={recent} />
          </>
        )}
        {!searching || datasets.length > 0 ? (
          <PaletteGroup name="Datasets" count={datasets.length} forceOpen={searching}>
            {datasets.map((dataset) => (
              <PaletteEntry
                key={dataset.id}
                name={dataset.name}
                dragged={{ module: "dataset", params: { dataset: dataset.name } }}
                Icon={moduleLook(dataset.kind === "bundle" ? "unpack-zipped-datasets" : "dataset").Icon}
                summary={
                  dataset.rows === null
                    ? `Version ${dataset.version}`
                    : `${plural(dataset.rows, "row")}, ${plural(dataset.columns?.length ?? 0, "column")}`
                }
              />
            ))}
            {datasets.length === 0 ? (
              <p className={classes.none}>
                None yet. <Link to="/datasets">Upload a file</Link>, or drop one anywhere on the page.
              </p>
            ) : null}
          </PaletteGroup>
        ) : null}
        {groups.map((group) => (
          <PaletteGroup key={group.name} name={group.name} count={group.modules.length} forceOpen={searching}>
            {group.modules.map((module) => (
              <PaletteEntry
                key={module.slug}
                name={module.name}
                dragged={{ module: module.slug }}
                Icon={moduleLook(module.slug, module.category).Icon}
                summary={module.summary}
                unavailable={module.unavailable}
              />
            ))}
          </PaletteGroup>
        ))}
        {nothing ? (
          <div className={classes.nothing}>
            <p>Nothing is called “{text.trim()}”.</p>
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

/** The arrow keys go through everything in the list. */
function moveFocus(event: KeyboardEvent, by: 1 | -1): void {
  const panel = (event.currentTarget as HTMLElement).closest('[data-panel="palette"]');
  const stops = [...(panel?.querySelectorAll<HTMLElement>("input, [data-stop]") ?? [])];
  const at = stops.indexOf(document.activeElement as HTMLElement);
  const next = stops[at + by];
  if (!next) return;
  event.preventDefault();
  event.stopPropagation();
  next.focus();
}
