import { closeOverlay } from "../overlays";
import { commands } from "./all";
import { Chooser } from "./Chooser";
import { isEnabled, labelOf, perform } from "./command";
import { keysOf } from "./keymap";
import { keysText } from "./keys";

/** Every verb, to be found by its words. What cannot be done now is not offered. */
export function CommandPalette() {
  const choices = commands
    .filter((one) => one.id !== "commands" && isEnabled(one))
    .map((one) => ({
      id: one.id,
      label: labelOf(one),
      detail: one.group,
      icon: one.Icon ? <one.Icon size={16} stroke={1.75} /> : undefined,
      shortcut: keysText(keysOf(one)[0]),
    }));
  return (
    <Chooser
      label="Commands"
      placeholder="Type what you want to do"
      choices={choices}
      empty="No command has these words."
      onClose={closeOverlay}
      onChoose={(id) => {
        closeOverlay();
        const chosen = commands.find((one) => one.id === id);
        if (chosen) perform(chosen);
      }}
    />
  );
}
