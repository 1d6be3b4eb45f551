import classes from "./CellReader.module.css";
import { piecesOf } from "./pieces";

/** A text of any length, of which the browser lays out what is in view: a megabyte at once takes 100 MB. */
export const LongText = ({ text }: { text: string }) =>
  piecesOf(text).map((piece, index) => (
    <span key={index} className={classes.piece}>
      {piece}
    </span>
  ));
