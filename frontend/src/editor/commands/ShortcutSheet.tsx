import { Button, Modal } from "@mantine/core";
import { IconKeyboard } from "@tabler/icons-react";
import { closeOverlay, openOverlay } from "../window/overlays";
import { commands } from "./all";
import { GROUPS, labelOf } from "./command";
import { bare } from "./KeyRow";
import { keysOf } from "./keymap";
import { keysText } from "./keys";
import classes from "./ShortcutSheet.module.css";

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

/** Every key there is, as it is set now. */
export function ShortcutSheet() {
  return (
    <Modal opened onClose={closeOverlay} title="Keyboard shortcuts" size={760}>
      <div className={classes.sheet}>
        {GROUPS.map((group) => (
          <Section
            key={group}
            title={group}
            rows={commands.flatMap((one) =>
              one.group === group && keysOf(one).length
                ? [[bare(labelOf(one)), keysOf(one).map(keysText).join(" or ")] as [string, string]]
                : [],
            )}
          />
        ))}
        <Section title="On the canvas" rows={CANVAS} />
      </div>
      <div className={classes.foot}>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconKeyboard size={14} />}
          onClick={() => openOverlay({ kind: "keys" })}
        >
          Change the keys…
        </Button>
      </div>
    </Modal>
  );
}

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
