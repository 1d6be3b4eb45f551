import classes from "./Shortcut.module.css";
import { keysText } from "./keys";

/** A shortcut beside the words it stands for. */
export function Shortcut({ keys }: { keys: string | undefined }) {
  return keys ? <kbd className={classes.keys}>{keysText(keys)}</kbd> : null;
}
