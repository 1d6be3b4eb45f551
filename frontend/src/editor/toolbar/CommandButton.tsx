import type { ReactNode } from "react";
import { IconButton } from "../../ui/IconButton";
import { isEnabled, labelOf, perform, type Command } from "../commands/command";
import { keysOf, useKeymap } from "../commands/keymap";
import { keysText } from "../commands/keys";
import classes from "./Toolbar.module.css";

/** An icon that performs a command; its tooltip says what and by which key. The parent redraws when that may change. */
export function CommandButton({ command, children }: { command: Command; children?: ReactNode }) {
  useKeymap();
  const { Icon } = command;
  const enabled = isEnabled(command);
  return (
    <IconButton
      label={labelOf(command)}
      shortcut={keysText(keysOf(command)[0])}
      aria-disabled={!enabled}
      className={classes.command}
      onClick={() => perform(command)}
    >
      {children ?? (Icon ? <Icon size={18} stroke={1.75} /> : null)}
    </IconButton>
  );
}
