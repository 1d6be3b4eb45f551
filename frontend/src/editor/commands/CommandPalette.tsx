import { closeOverlay } from "../window/overlays";
import { commands } from "./all";
import { Chooser } from "./Chooser";
import { isEnabled, labelOf, perform, whyNot } from "./command";
import { keysOf } from "./keymap";
import { keysText } from "./keys";

/** Every verb, to be found by its words. What cannot be done now comes last, and dimmed. */
export function CommandPalette() {
  const shown = commands.filter((one) => one.id !== "commands");
  const inOrder = [...shown.filter(isEnabled), ...shown.filter((one) => !isEnabled(one))];
  const choices = inOrder.map((one) => {
    const unavailable = whyNot(one) ?? undefined;
    return {
      id: one.id,
      label: labelOf(one),
      detail: unavailable ?? one.group,
      icon: one.Icon ? <one.Icon size={16} stroke={1.75} /> : undefined,
      shortcut: keysText(keysOf(one)[0]),
      unavailable,
    };
  });
  return (
    <Chooser
      label="Commands"
      placeholder="Type what you want to do"
      choices={choices}
      empty="No command matches."
      onClose={closeOverlay}
      onChoose={(id) => {
        closeOverlay();
        const chosen = commands.find((one) => one.id === id);
        if (chosen) perform(chosen);
      }}
    />
  );
}
