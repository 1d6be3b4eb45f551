/** A socket that comes back: it waits longer after each failure, and says when it is open. */

import { clientId } from "../api/client";

export interface LiveSocket {
  /** Tries at once, also where coming back seemed useless. */
  connect(): void;
  /** False while it is not open. */
  send(text: string): boolean;
  close(): void;
}

interface Options {
  url: string;
  onOpen(): void;
  onMessage(text: string): void;
  /** Called when an open socket is lost, and when one could not be opened. */
  onAway(): void;
  /** Close codes after which coming back is useless (signed out, deleted). */
  isFinal?(code: number): boolean;
}

const FIRST_MS = 400;
const LONGEST_MS = 10_000;

/** Half to all of a delay that doubles, so that many tabs do not come back at once. */
const backoff = (failures: number, random: () => number = Math.random): number => {
  const longest = Math.min(LONGEST_MS, FIRST_MS * 2 ** failures);
  return longest / 2 + (random() * longest) / 2;
};

export function openSocket({ url, onOpen, onMessage, onAway, isFinal }: Options): LiveSocket {
  let socket: WebSocket | null = null;
  let timer: number | undefined;
  let failures = 0;
  let closed = false;

  const connect = () => {
    window.clearTimeout(timer);
    if (closed || socket) return;
    const mine = new WebSocket(url);
    socket = mine;
    mine.onopen = () => {
      failures = 0;
      if (!closed) onOpen();
    };
    mine.onmessage = ({ data }) => {
      if (!closed && typeof data === "string") onMessage(data);
    };
    mine.onclose = ({ code }) => {
      if (socket === mine) socket = null;
      if (closed) return;
      onAway();
      if (isFinal?.(code)) return;
      timer = window.setTimeout(connect, backoff(failures));
      failures += 1;
    };
  };
  const connectNow = () => {
    failures = 0;
    connect();
  };
  window.addEventListener("online", connectNow);
  connect();

  return {
    connect: connectNow,
    send(text) {
      if (socket?.readyState !== WebSocket.OPEN) return false;
      socket.send(text);
      return true;
    },
    close() {
      closed = true;
      window.clearTimeout(timer);
      window.removeEventListener("online", connectNow);
      socket?.close();
    },
  };
}

/** The address of an experiment's socket, beside the page; it names this tab to the others. */
export function experimentSocketUrl(id: string, { protocol, host } = window.location): string {
  return `${protocol === "https:" ? "wss:" : "ws:"}//${host}/ws/experiments/${id}/?client=${encodeURIComponent(clientId)}`;
}
