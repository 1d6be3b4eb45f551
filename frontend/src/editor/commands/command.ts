/** A verb of the editor. Toolbar, menus, shortcuts and the command palette are lists of these. */

import type { Icon } from "@tabler/icons-react";

export const GROUPS = ["Run", "Edit", "Select", "Go", "View", "Experiment"] as const;
export type Group = (typeof GROUPS)[number];

export interface Command {
  id: string;
  /** What it does, in words; a function where that depends on what is selected. */
  label: string | (() => string);
  group: Group;
  Icon?: Icon;
  /** The usual keys, as in "Ctrl+Shift+Z"; Ctrl stands for ⌘ on a Mac. See keymap.ts for those that hold. */
  keys?: string[];
  /** Works while a text field has the focus, too. */
  everywhere?: boolean;
  /** The browser does the key itself (copy and paste arrive as clipboard events). */
  native?: boolean;
  danger?: boolean;
  enabled?(): boolean;
  /** What is missing where it is not enabled, in a few words: "Select a node first". */
  needs?: string | (() => string);
  run(): unknown;
}

export const labelOf = (command: Command): string =>
  typeof command.label === "function" ? command.label() : command.label;

export const isEnabled = (command: Command): boolean => command.enabled?.() ?? true;

/** Why it cannot be done now; null where it can. */
export function whyNot(command: Command): string | null {
  if (isEnabled(command)) return null;
  return (typeof command.needs === "function" ? command.needs() : command.needs) ?? "Not now";
}

/** Runs it if it may be run now; says whether it was. */
export function perform(command: Command): boolean {
  if (!isEnabled(command)) return false;
  command.run();
  return true;
}
