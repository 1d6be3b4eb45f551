/** The consoles that are open in this page, by node: what was said in each. They stay while the pane is closed. */

import { create } from "zustand";
import { openConsole } from "../../api/runs";
import { listen, order } from "../../runs/dialogues";
import type { TablePage } from "./FrameTable";

export interface Entry {
  code: string;
  output: string;
  result: string;
  table: TablePage | null;
  pictures: string[];
  error: string;
  seconds: number | null;
}

export interface ConsoleName {
  name: string;
  value: string;
  type: string;
}

export interface OpenConsole {
  state: "opening" | "waiting" | "busy" | "ended";
  dialogue: string | null;
  why: string;
  names: ConsoleName[];
  entries: Entry[];
}

const OPENING: OpenConsole = { state: "opening", dialogue: null, why: "", names: [], entries: [] };
const MOST_ENTRIES = 200;
const MOST_OUTPUT = 300_000;

export const useConsoles = create<{ byNode: Record<string, OpenConsole> }>(() => ({ byNode: {} }));

function change(node: string, to: (before: OpenConsole) => OpenConsole): void {
  useConsoles.setState(({ byNode }) => ({ byNode: { ...byNode, [node]: to(byNode[node] ?? OPENING) } }));
}

const changeLast = (node: string, to: (entry: Entry) => Entry): void =>
  change(node, (before) => ({
    ...before,
    entries: before.entries.map((entry, at) => (at === before.entries.length - 1 ? to(entry) : entry)),
  }));

/** Opens a console on the node's inputs; entries of an earlier one stay to be read. Throws what the server says. */
export async function openOn(experiment: string, node: string): Promise<void> {
  change(node, (before) => ({ ...OPENING, entries: before.entries }));
  try {
    const dialogue = await openConsole(experiment, node);
    const stop = listen(
      dialogue,
      (event, body) => {
        if (event === "output")
          changeLast(node, (entry) => ({
            ...entry,
            output: (entry.output + String(body["text"])).slice(-MOST_OUTPUT),
          }));
        if (event === "terminated") {
          stop();
          change(node, (before) =>
            before.dialogue === dialogue
              ? { ...before, state: "ended", why: String(body["why"] ?? "") || before.why }
              : before,
          );
        }
      },
      () => void attach(node, dialogue).catch((problem: unknown) => end(node, problem)),
    );
    await attach(node, dialogue);
  } catch (problem) {
    end(node, problem);
  }
}

function end(node: string, problem: unknown): void {
  const why = problem instanceof Error ? problem.message : String(problem);
  change(node, (before) => ({ ...before, state: "ended", why }));
}

async function attach(node: string, dialogue: string): Promise<void> {
  const told = await order(dialogue, "attach");
  change(node, (before) => ({
    ...before,
    dialogue,
    state: before.state === "busy" ? "busy" : "waiting",
    names: (told["names"] ?? []) as ConsoleName[],
  }));
}

/** Runs an entry; what it prints comes while it runs. */
export async function execute(node: string, code: string): Promise<void> {
  const { dialogue } = useConsoles.getState().byNode[node] ?? OPENING;
  if (dialogue === null) return;
  const entry: Entry = { code, output: "", result: "", table: null, pictures: [], error: "", seconds: null };
  change(node, (before) => ({
    ...before,
    state: "busy",
    entries: [...before.entries.slice(1 - MOST_ENTRIES), entry],
  }));
  try {
    const told = await order(dialogue, "execute", { code }, null);
    const { names, ...made } = told as unknown as Partial<Entry> & { names?: ConsoleName[] };
    changeLast(node, (before) => ({ ...before, ...made, output: before.output }));
    change(node, (before) => ({ ...before, names: names ?? before.names }));
  } catch (problem) {
    changeLast(node, (before) => ({
      ...before,
      error: problem instanceof Error ? problem.message : String(problem),
      seconds: 0,
    }));
  }
  change(node, (before) => ({ ...before, state: before.state === "busy" ? "waiting" : before.state }));
}

export const ask = (node: string, command: string, args: Record<string, unknown> = {}) => {
  const { dialogue } = useConsoles.getState().byNode[node] ?? OPENING;
  return dialogue === null ? Promise.reject(new Error("It has ended.")) : order(dialogue, command, args);
};
