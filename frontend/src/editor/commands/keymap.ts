/** Which keys stand for which command: the usual ones, or those this person has chosen; kept in this browser. */

import { create } from "zustand";
import { persist } from "zustand/middleware";
import type { Command } from "./command";
import { sameKeys } from "./keys";

interface Keymap {
  /** By command id; an empty list means that the command has no keys. */
  custom: Record<string, string[]>;
}

export const useKeymap = create<Keymap>()(persist((): Keymap => ({ custom: {} }), { name: "studio.keys" }));

const NO_KEYS: readonly string[] = [];

/** The keys of a command as they are now; the first one is shown. */
export const keysOf = (command: Command): readonly string[] =>
  useKeymap.getState().custom[command.id] ?? command.keys ?? NO_KEYS;

export const isRebound = (command: Command): boolean => command.id in useKeymap.getState().custom;

/** The other command that has these keys already. */
export const holderOf = (
  keys: string,
  commands: readonly Command[],
  besides?: Command,
): Command | undefined =>
  commands.find((one) => one.id !== besides?.id && keysOf(one).some((held) => sameKeys(held, keys)));

function set(id: string, keys: readonly string[]): void {
  useKeymap.setState(({ custom }) => ({ custom: { ...custom, [id]: [...keys] } }));
}

/** Gives a command these keys instead of its own; whoever had them loses them. */
export function bind(command: Command, keys: string, commands: readonly Command[]): void {
  const holder = holderOf(keys, commands, command);
  if (holder) {
    set(
      holder.id,
      keysOf(holder).filter((held) => !sameKeys(held, keys)),
    );
  }
  set(command.id, [keys]);
}

export const unbind = (command: Command): void => set(command.id, []);

/** Back to the usual keys; a command that has been given them since loses them. */
export function resetKeys(command: Command, commands: readonly Command[]): void {
  for (const keys of command.keys ?? []) {
    const holder = holderOf(keys, commands, command);
    if (holder) {
      set(
        holder.id,
        keysOf(holder).filter((held) => !sameKeys(held, keys)),
      );
    }
  }
  useKeymap.setState(({ custom }) => {
    const { [command.id]: _gone, ...rest } = custom;
    return { custom: rest };
  });
}

export function resetAllKeys(): void {
  useKeymap.setState({ custom: {} });
}
