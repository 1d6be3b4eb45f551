import type { Preview } from "../../../api/review";
import { alike } from "./alike";
import { readAsWord, signOf } from "./choices";
import { sayOf, type Draft } from "./draft";
import classes from "./Review.module.css";

interface Props {
  seen: Preview;
  draft: Draft;
  onChange: (draft: Draft) => void;
}

/** Where several columns look like numbers or dates of one country: all of them at once. */
export function AllAlike({ seen, draft, onChange }: Props) {
  const found = seen.columns ?? [];
  const signAt = (names: readonly string[]) => {
    const places = found.flatMap(({ original }, place) => (names.includes(original) ? [place] : []));
    return signOf((seen.cells ?? []).flatMap((row) => places.map((place) => row[place])));
  };
  return [...alike(found)].map(([choice, columns]) => (
    <button
      key={choice}
      type="button"
      className={classes.hint}
      onClick={() => onChange(columns.reduce((said, column) => sayOf(said, column, { type: choice }), draft))}
    >
      Read {columns.length} columns as {readAsWord(choice, signAt(columns))}
    </button>
  ));
}
