import type { Preview } from "../../../api/review";
import { alike } from "./alike";
import { readAsWord } from "./choices";
import { sayOf, type Draft } from "./draft";
import classes from "./Review.module.css";

interface Props {
  seen: Preview;
  draft: Draft;
  onChange: (draft: Draft) => void;
}

/** Where several columns look like numbers or dates of one country: all of them at once. */
export function AllAlike({ seen, draft, onChange }: Props) {
  return [...alike(seen.columns ?? [])].map(([choice, columns]) => (
    <button
      key={choice}
      type="button"
      className={classes.hint}
      onClick={() => onChange(columns.reduce((said, column) => sayOf(said, column, { type: choice }), draft))}
    >
      Read {columns.length} columns as {readAsWord(choice)}
    </button>
  ));
}
