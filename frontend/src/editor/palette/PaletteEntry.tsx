import { IconPlus, IconStar, IconStarFilled, type Icon as IconType } from "@tabler/icons-react";
import { memo } from "react";
import { CodeText } from "../../ui/CodeText";
import { plainText } from "../../ui/plainText";
import { hint } from "../window/hint";
import type { Group } from "../flow/moduleLook";
import { startDrag, type Dragged } from "../flow/drag";
import { addModule } from "../commands/addModule";
import { isReadOnly, useEditor, useReadOnly } from "../store/store";
import { entryKey, toggleFavorite, useLiked } from "../window/liked";
import classes from "./Palette.module.css";
import { useCatalog } from "../store/catalog";
import { Tip } from "../../ui/Tip";

export interface EntryProps {
  name: string;
  dragged: Dragged;
  Icon: IconType;
  group: Group;
  summary: string;
  /** Why it cannot be used on this server. */
  unavailable?: string | null;
  /** Where it stands beside its own group: said after its name. */
  note?: string;
  /** Whether Enter in the search adds it. */
  first?: boolean;
}

/** Puts it at a free place on the canvas; says why where that cannot be. */
export function addEntry(dragged: Dragged, unavailable?: string | null): void {
  if (isReadOnly(useEditor.getState())) return hint("An earlier run is shown. Go back to the draft to edit.");
  if (unavailable) return hint(unavailable);
  addModule(dragged);
}

/** Drag it to the canvas; a double click or Enter puts it at a free place. The F key makes it a favorite. */
export const PaletteEntry = memo(function PaletteEntry({
  name,
  dragged,
  Icon,
  group,
  summary,
  unavailable,
  note,
  first = false,
}: EntryProps) {
  const key = entryKey(useCatalog(), dragged);
  const favorite = useLiked((state) => state.favorites.includes(key));
  const Star = favorite ? IconStarFilled : IconStar;
  const readOnly = useReadOnly();
  const add = () => addEntry(dragged, unavailable);
  return (
    <Tip
      label={<CodeText>{unavailable ?? summary}</CodeText>}
      position="right"
      multiline
      maw={280}
      openDelay={500}
      disabled={!(unavailable ?? summary)}
    >
      <div
        role="button"
        tabIndex={0}
        data-stop
        draggable={!unavailable && !readOnly}
        aria-disabled={Boolean(unavailable)}
        aria-label={
          unavailable
            ? `${name}, not available: ${plainText(unavailable)}`
            : note
              ? `${name} (${note})`
              : name
        }
        aria-keyshortcuts="F"
        aria-description={favorite ? "Favorite" : undefined}
        data-first={first}
        className={classes.entry}
        onDragStart={(event) => startDrag(event, dragged)}
        onDoubleClick={add}
        onKeyDown={(event) => {
          if (event.key.toLowerCase() === "f" && !event.ctrlKey && !event.metaKey) {
            event.preventDefault();
            return toggleFavorite(key);
          }
          if (event.key !== "Enter" && event.key !== " ") return;
          event.preventDefault();
          add();
        }}
      >
        <Icon size={16} stroke={1.75} aria-hidden className={classes.icon} data-group={group} />
        <span className={classes.name}>{name}</span>
        {first ? (
          <kbd aria-hidden className={classes.enter}>
            Enter
          </kbd>
        ) : null}
        <span
          aria-hidden
          className={classes.add}
          data-kept={favorite}
          title={favorite ? "Remove from favorites" : "Add to favorites"}
          onClick={() => toggleFavorite(key)}
          onDoubleClick={(event) => event.stopPropagation()}
        >
          <Star size={14} />
        </span>
        {unavailable || readOnly ? null : (
          // For the mouse only: the entry itself answers to Enter.
          <span
            aria-hidden
            className={classes.add}
            title="Add"
            onClick={add}
            onDoubleClick={(event) => event.stopPropagation()}
          >
            <IconPlus size={14} />
          </span>
        )}
      </div>
    </Tip>
  );
});
