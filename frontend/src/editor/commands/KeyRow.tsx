import { IconBackspace, IconRotate } from "@tabler/icons-react";
import { useState, type KeyboardEvent } from "react";
import { IconButton } from "../../ui/IconButton";
import { commands } from "./all";
import { labelOf, type Command } from "./command";
import { bind, holderOf, isRebound, keysOf, resetKeys, unbind } from "./keymap";
import { keysFrom, keysText, whyNotBindable } from "./keys";
import classes from "./KeySettings.module.css";

/** A label without what it depends on: "Undo: Move node" → "Undo" */
export const bare = (label: string): string => label.replace(/^(Undo|Redo): .*/, "$1");

/** One command and its keys; a click on them waits for others to be pressed. */
export function KeyRow({ command }: { command: Command }) {
  const [recording, setRecording] = useState(false);
  const [said, setSaid] = useState<string | null>(null);
  const label = bare(labelOf(command));
  const keys = keysOf(command);

  const onKeyDown = (event: KeyboardEvent) => {
    if (!recording) return;
    event.preventDefault();
    event.stopPropagation();
    const pressed = keysFrom(event);
    if (pressed === null) return;
    setRecording(false);
    if (pressed === "Escape") return;
    const why = whyNotBindable(pressed);
    if (why) return setSaid(why);
    const holder = holderOf(pressed, commands, command);
    bind(command, pressed, commands);
    setSaid(holder ? `Taken from “${bare(labelOf(holder))}”, which no longer has these keys.` : null);
  };

  return (
    <li className={classes.row}>
      <span className={classes.name}>{label}</span>
      <button
        type="button"
        aria-label={
          recording
            ? "Press the keys, or Escape to keep them as they are"
            : `Keys of ${label}: ${keys.map(keysText).join(" or ") || "none"}`
        }
        data-recording={recording}
        // Escape ends the recording here, not the dialog.
        data-mantine-stop-propagation={recording}
        className={classes.keys}
        onKeyDown={onKeyDown}
        onClick={() => {
          setSaid(null);
          setRecording(true);
        }}
        onBlur={() => setRecording(false)}
      >
        {recording ? "Press the keys…" : keys.map(keysText).join(" or ") || "none"}
      </button>
      <IconButton
        label={`No keys for ${label}`}
        disabled={keys.length === 0}
        onClick={() => {
          unbind(command);
          setSaid(null);
        }}
      >
        <IconBackspace size={15} />
      </IconButton>
      <IconButton
        label={`Reset the keys of ${label}`}
        disabled={!isRebound(command)}
        onClick={() => {
          resetKeys(command, commands);
          setSaid(null);
        }}
      >
        <IconRotate size={15} />
      </IconButton>
      {said ? (
        <p role="status" className={classes.said}>
          {said}
        </p>
      ) : null}
    </li>
  );
}
