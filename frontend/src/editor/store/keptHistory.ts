/**
 * The steps of undo, kept in this browser's database so that they outlive a reload. One record an experiment;
 * the steps share what did not change, and the database keeps it shared.
 */

import type { ExperimentFile } from "../../graph/types";
import type { Step } from "./state";

export interface KeptHistory {
  id: string;
  /** The revision the draft was based on. */
  revision: number;
  draft: ExperimentFile;
  past: readonly Step[];
  future: readonly Step[];
  /** Milliseconds since 1970. */
  at: number;
}

const STORE = "history";
const MOST_EXPERIMENTS = 20;

let opening: Promise<IDBDatabase> | undefined;

function database(): Promise<IDBDatabase> {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open("studio", 1);
    request.onupgradeneeded = () =>
      request.result.createObjectStore(STORE, { keyPath: "id" }).createIndex("at", "at");
    request.onsuccess = () => resolve(request.result);
    request.onerror = () =>
      reject(new Error("The browser's database cannot be opened.", { cause: request.error }));
  });
  return opening;
}

const WAIT_MS = 1500;

/** What was kept of an experiment; null where nothing was, or where the browser keeps nothing. */
export async function keptHistory(id: string): Promise<KeptHistory | null> {
  if (typeof indexedDB === "undefined") return null;
  const read = database().then(
    (db) =>
      new Promise<KeptHistory | null>((resolve) => {
        const request = db.transaction(STORE).objectStore(STORE).get(id);
        request.onsuccess = () => resolve((request.result as KeptHistory | undefined) ?? null);
        request.onerror = () => resolve(null);
      }),
  );
  // An experiment opens without its steps rather than late.
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), WAIT_MS));
  return Promise.race([read.catch(() => null), late]);
}

export async function keepHistory(history: KeptHistory): Promise<void> {
  if (typeof indexedDB === "undefined") return;
  try {
    const store = (await database()).transaction(STORE, "readwrite").objectStore(STORE);
    store.put(history);
    forgetOldest(store);
  } catch {
    // A full or forbidden database is no reason to stop editing; undo works until the page goes.
  }
}

function forgetOldest(store: IDBObjectStore): void {
  const count = store.count();
  count.onsuccess = () => {
    let surplus = count.result - MOST_EXPERIMENTS;
    if (surplus <= 0) return;
    const oldest = store.index("at").openCursor();
    oldest.onsuccess = () => {
      if (!oldest.result || surplus-- <= 0) return;
      oldest.result.delete();
      oldest.result.continue();
    };
  };
}
