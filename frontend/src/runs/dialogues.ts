/** Talking with a debugged node or a console: orders over the experiment's socket, answers and events back. */

import type { SocketEvent } from "./events";

export type DialogueEvent = Extract<SocketEvent, { type: "dialogue" }>;

type Body = Record<string, unknown>;
type Listener = (event: string, body: Body) => void;

/** Characters of an order; the socket takes no longer ones. */
const LONGEST = 45_000;
const PATIENCE_MS = 20_000;
const AGAIN_MS = 500;

interface Waiting {
  dialogue: string;
  resolve: (body: Body) => void;
  reject: (why: Error) => void;
  timer: number;
}

let send: ((text: string) => boolean) | null = null;
let seq = 0;
const waiting = new Map<number, Waiting>();
const listeners = new Map<string, Set<Listener>>();
const reconnects = new Set<() => void>();

/** The open socket of the page's experiment; null while there is none. What was asked before is not answered any more. */
export function speakOver(sender: ((text: string) => boolean) | null): void {
  send = sender;
  for (const [number, one] of waiting) fail(number, one, "The connection was lost. Try again in a moment.");
  if (sender) for (const again of reconnects) again();
}

/** Orders something, and gives what came of it. `patience`: milliseconds; null for what may take long. */
export function order(
  dialogue: string,
  command: string,
  args: Body = {},
  patience: number | null = PATIENCE_MS,
): Promise<Body> {
  const number = ++seq;
  const text = JSON.stringify({ type: "order", dialogue, seq: number, command, arguments: args });
  if (text.length > LONGEST)
    return Promise.reject(new Error("This is too long to be sent at once: 45,000 characters are taken."));
  return new Promise((resolve, reject) => {
    const one: Waiting = { dialogue, resolve, reject, timer: 0 };
    if (!send?.(text)) return reject(new Error("There is no connection at the moment."));
    if (patience !== null)
      one.timer = window.setTimeout(
        () => fail(number, one, "No answer came. The script may be in code that cannot be paused."),
        patience,
      );
    waiting.set(number, one);
  });
}

function fail(number: number, one: Waiting, why: string): void {
  waiting.delete(number);
  window.clearTimeout(one.timer);
  one.reject(new Error(why));
}

/** Hears the events of a dialogue, and when the connection is there again, until the returned function is called. */
export function listen(dialogue: string, listener: Listener, again: () => void): () => void {
  const known = listeners.get(dialogue) ?? new Set();
  listeners.set(dialogue, known.add(listener));
  reconnects.add(again);
  return () => {
    known.delete(listener);
    reconnects.delete(again);
    if (known.size === 0) listeners.delete(dialogue);
  };
}

/** Hears a dialogue from its beginning. The page may know of it before its worker has opened it: then it asks again, until
 * the returned function is called. `attached` is called with what is known, once more after each reconnect. */
export function attach(dialogue: string, listener: Listener, attached: (body: Body) => void): () => void {
  let timer = 0;
  let turn = 0;
  const ask = () => {
    const mine = ++turn;
    window.clearTimeout(timer);
    order(dialogue, "attach").then(
      (body) => {
        if (mine === turn) attached(body);
      },
      () => {
        if (mine === turn) timer = window.setTimeout(ask, AGAIN_MS);
      },
    );
  };
  const stop = listen(dialogue, listener, ask);
  ask();
  return () => {
    turn = -1;
    window.clearTimeout(timer);
    stop();
  };
}

/** A message of the socket. */
export function hearDialogue({ dialogue, message }: DialogueEvent): void {
  if (message.type === "event") {
    for (const listener of listeners.get(dialogue) ?? []) listener(message.event, message.body ?? {});
    return;
  }
  const one = waiting.get(message.request_seq);
  if (!one || one.dialogue !== dialogue) return;
  if (!message.success) return fail(message.request_seq, one, message.message || "It was refused.");
  waiting.delete(message.request_seq);
  window.clearTimeout(one.timer);
  one.resolve(message.body ?? {});
}
