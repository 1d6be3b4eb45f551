import { closeOverlay } from "../overlays";
import { isReadOnly, useEditor } from "../store/store";
import { commands } from "./all";
import { Chooser } from "./Chooser";
import { isEnabled, labelOf, perform, type Command } from "./command";
import { keysOf } from "./keymap";
import { keysText } from "./keys";

/** Every verb, to be found by its words. What cannot be done now comes last, and dimmed. */
export function CommandPalette() {
  const shown = commands.filter((one) => one.id !== "commands");
  const [able, unable] = [shown.filter(isEnabled), shown.filter((one) => !isEnabled(one))];
  const choices = [...able, ...unable].map((one, index) => {
    const unavailable = index < able.length ? undefined : whyNot(one);
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

/** What it waits for, as far as can be told without asking each command. */
function whyNot({ id, group }: Command): string {
  const state = useEditor.getState();
  if (group === "Edit" && isReadOnly(state)) return "Not in an earlier run";
  if (id === "undo" || id === "redo") return `Nothing to ${id}`;
  const { nodes, marks, wires } = state.selection;
  const nothing = nodes.size + marks.size + wires.size === 0;
  return nothing && (group === "Edit" || group === "Select") ? "Select something first" : "Not now";
}
