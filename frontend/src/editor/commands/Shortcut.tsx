import type { Command } from "./command";
import { keysOf, useKeymap } from "./keymap";
import { keysText } from "./keys";
import classes from "./Shortcut.module.css";

/** The shortcut of a command, beside its words. */
export function Shortcut({ command }: { command: Command }) {
  useKeymap();
  const keys = keysText(keysOf(command)[0]);
  return keys ? <kbd className={classes.keys}>{keys}</kbd> : null;
}
