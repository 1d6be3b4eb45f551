import { Button, Modal, TextInput } from "@mantine/core";
import { useState } from "react";
import { closeOverlay } from "../window/overlays";
import { commands } from "./all";
import { GROUPS, labelOf, type Command } from "./command";
import { bare, KeyRow } from "./KeyRow";
import { keysOf, resetAllKeys, useKeymap } from "./keymap";
import { keysText } from "./keys";
import classes from "./KeySettings.module.css";

/** Every command with its keys, each of which may be changed. Kept in this browser. */
export function KeySettings() {
  const custom = useKeymap((keymap) => Object.keys(keymap.custom).length);
  const [text, setText] = useState("");
  const found = commands.filter((command) => fits(command, text));
  return (
    <Modal opened onClose={closeOverlay} title="Change the keys" size={640}>
      <div className={classes.head}>
        <TextInput
          aria-label="Search commands and keys"
          placeholder="Search commands and keys"
          size="xs"
          data-autofocus
          className={classes.search ?? ""}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Button size="xs" variant="default" disabled={custom === 0} onClick={resetAllKeys}>
          Reset all keys
        </Button>
      </div>
      <p className={classes.help}>
        Click the keys of a command, then press others. Saved in this browser; keys without Ctrl work while
        the canvas has the focus.
      </p>
      {GROUPS.map((group) => {
        const rows = found.filter((command) => command.group === group);
        return rows.length ? (
          <div key={group} role="group" aria-label={group}>
            <h3 className={classes.group}>{group}</h3>
            <ul className={classes.rows}>
              {rows.map((command) => (
                <KeyRow key={command.id} command={command} />
              ))}
            </ul>
          </div>
        ) : null;
      })}
      {found.length === 0 ? <p className={classes.help}>No command matches.</p> : null}
    </Modal>
  );
}

function fits(command: Command, text: string): boolean {
  const all = `${bare(labelOf(command))} ${keysOf(command).map(keysText).join(" ")}`.toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word));
}
