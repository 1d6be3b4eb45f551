import { Modal } from "@mantine/core";
import { closeOverlay } from "../overlays";
import { commands } from "./all";
import { labelOf, type Command } from "./command";
import { keysText } from "./keys";
import classes from "./ShortcutSheet.module.css";

const GROUPS: Command["group"][] = ["Run", "Edit", "Select", "View", "Experiment"];

/** What no command stands for: how the canvas itself is worked. */
const CANVAS: [string, string][] = [
  ["Go from node to node, then to the ports of the selected one", "Tab"],
  ["Move the selected nodes", "Arrow keys"],
  ["Move them further", "Shift+Arrow keys"],
  ["Wire the focused port", "Enter"],
  ["See what came out of the focused output", "Space"],
  ["Menu of what has the focus", "Shift+F10"],
  ["Draw a selection", "Shift+drag"],
  ["Add to the selection", "Ctrl+click"],
];

export function ShortcutSheet() {
  return (
    <Modal opened onClose={closeOverlay} title="Keyboard shortcuts" size={760}>
      <div className={classes.sheet}>
        {GROUPS.map((group) => (
          <Section
            key={group}
            title={group}
            rows={commands.flatMap((one) =>
              one.group === group && one.keys
                ? [[bare(labelOf(one)), one.keys.map(keysText).join(" or ")] as [string, string]]
                : [],
            )}
          />
        ))}
        <Section title="On the canvas" rows={CANVAS} />
      </div>
    </Modal>
  );
}

const bare = (label: string): string => label.replace(/^(Undo|Redo): .*/, "$1");

function Section({ title, rows }: { title: string; rows: [string, string][] }) {
  if (rows.length === 0) return null;
  return (
    <section className={classes.section}>
      <h3 className={classes.title}>{title}</h3>
      <dl className={classes.rows}>
        {rows.map(([what, keys]) => (
          <div key={what} className={classes.row}>
            <dt>{what}</dt>
            <dd>
              <kbd>{keys}</kbd>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
