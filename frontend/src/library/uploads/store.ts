import { create } from "zustand";
import { isProblem, Problem } from "../../api/problem";
import { discardUpload, makeDataset, sendFile, type Sending, type UploadOptions } from "../../api/upload";
import { useSession } from "../../api/session";
import { followImport } from "./followImport";
import { speedometer } from "./speed";
import { isBusy, type UploadItem } from "./types";

/** More at once only share the same line. */
const AT_ONCE = 2;

/** Milliseconds within which a review may open by itself; later it would come between a person and their work. */
const SOON_MS = 8000;

const LOOK_FIRST = "studio.look-first";

interface Uploads {
  items: UploadItem[];
  /** Files are looked at before they are kept. */
  lookFirst: boolean;
  /** The upload whose review is open. */
  reviewing: string | null;
  setLookFirst(lookFirst: boolean): void;
  review(id: string | null): void;
  /** Keeps what was looked at, and opens the next review where one was open. */
  keep(id: string, options?: UploadOptions, reviewed?: UploadItem["reviewed"]): void;
  /** Keeps all that wait for a look as they are guessed. */
  keepAll(): void;
  /** Gives up what was sent. */
  discard(id: string): void;
  /** Gives the ids of their uploads. */
  add(files: readonly File[], options?: UploadOptions): string[];
  cancel(id: string): void;
  pause(id: string): void;
  resume(id: string): void;
  retry(id: string, options?: UploadOptions): void;
  dismiss(id: string): void;
  dismissDone(): void;
}

/** Runs by upload id: what can be aborted is no state of a screen. */
const sending = new Map<string, Sending>();
const following = new Map<string, AbortController>();

export const useUploads = create<Uploads>((set, get) => {
  const change = (id: string, to: Partial<UploadItem>) =>
    set(({ items }) => ({ items: items.map((item) => (item.id === id ? { ...item, ...to } : item)) }));
  const find = (id: string) => get().items.find((item) => item.id === id);

  async function send(item: UploadItem) {
    const { id } = item;
    try {
      const upload = item.upload ?? (await sendBytes(item));
      sending.delete(id);
      if (!item.accepted) {
        change(id, { upload, state: "review", sent: item.file.size, problem: null });
        openByItself(id);
        return;
      }
      change(id, { upload, state: "reading", sent: item.file.size, problem: null });
      startNext();
      const stop = new AbortController();
      following.set(id, stop);
      const dataset = await makeDataset(upload, item.options);
      change(id, { dataset });
      const ready = await followImport(dataset, stop.signal, (progress) => change(id, { progress }));
      change(id, { dataset: ready, state: "ready", progress: null });
    } catch (error) {
      settle(id, error);
    } finally {
      sending.delete(id);
      following.delete(id);
      startNext();
    }
  }

  function sendBytes({ id, file, options }: UploadItem): Promise<string> {
    const speedOf = speedometer();
    change(id, { state: "sending", sent: 0, speed: 0, problem: null });
    const under = sendFile(
      file,
      options,
      (sent) => {
        if (find(id)?.state === "sending") change(id, { sent, speed: speedOf(sent), broken: false });
      },
      () => change(id, { broken: true }),
    );
    sending.set(id, under);
    return under.done;
  }

  function settle(id: string, error: unknown) {
    if (error instanceof DOMException && error.name === "AbortError")
      return change(id, { state: "cancelled" });
    const problem = isProblem(error) ? error : new Problem(0, { detail: String(error) });
    if (problem.status === 401) useSession.getState().signedOut();
    change(id, { state: "refused", problem, progress: null });
  }

  /** For a lone file that was just chosen; several are reviewed when the person wants to. */
  function openByItself(id: string) {
    const { items, reviewing } = get();
    const open = items.filter((item) => isBusy(item) || item.state === "review");
    const quick = Date.now() - (find(id)?.begun ?? 0) < SOON_MS;
    if (reviewing === null && open.length === 1 && quick) set({ reviewing: id });
  }

  const nextToReview = (id: string) =>
    get().items.find((item) => item.state === "review" && item.id !== id)?.id ?? null;

  function startNext() {
    const { items } = get();
    const free = AT_ONCE - sending.size;
    for (const item of items.filter(({ state }) => state === "waiting").slice(0, Math.max(0, free)))
      void send(item);
  }

  return {
    items: [],
    lookFirst: localStorage.getItem(LOOK_FIRST) !== "no",
    reviewing: null,
    setLookFirst(lookFirst) {
      localStorage.setItem(LOOK_FIRST, lookFirst ? "yes" : "no");
      set({ lookFirst });
    },
    review: (id) => set({ reviewing: id }),
    keep(id, options, reviewed = null) {
      const item = find(id);
      if (!item) return;
      if (get().reviewing === id) set({ reviewing: nextToReview(id) });
      const kept = { ...item, accepted: true, reviewed, options: { ...item.options, ...options } };
      change(id, kept);
      void send(kept);
    },
    keepAll() {
      set({ reviewing: null });
      for (const { id, state } of get().items) if (state === "review") get().keep(id);
    },
    discard(id) {
      const upload = find(id)?.upload;
      if (get().reviewing === id) set({ reviewing: nextToReview(id) });
      set(({ items }) => ({ items: items.filter((item) => item.id !== id) }));
      // What cannot be told now is swept after a day.
      if (upload) discardUpload(upload).catch(() => undefined);
    },
    add(files, options = {}) {
      const accepted = !get().lookFirst;
      const added = files.map((file) => ({ ...fresh(file, options), accepted }));
      set(({ items }) => ({ items: [...items, ...added] }));
      startNext();
      return added.map(({ id }) => id);
    },
    cancel(id) {
      const under = sending.get(id);
      if (under) under.abort();
      else if (following.has(id)) following.get(id)?.abort();
      else change(id, { state: "cancelled" });
    },
    pause(id) {
      sending.get(id)?.pause();
      change(id, { state: "paused", speed: 0 });
    },
    resume(id) {
      change(id, { state: "sending" });
      sending.get(id)?.resume();
    },
    retry(id, options) {
      const item = find(id);
      if (!item || isBusy(item)) return;
      const { upload, accepted } = item;
      change(id, { ...fresh(item.file, { ...item.options, ...options }), id, upload, accepted });
      startNext();
    },
    dismiss: (id) => set(({ items }) => ({ items: items.filter((item) => item.id !== id || isBusy(item)) })),
    dismissDone: () =>
      set(({ items }) => ({ items: items.filter((item) => isBusy(item) || item.state === "review") })),
  };
});

let made = 0;

const fresh = (file: File, options: UploadOptions): UploadItem => ({
  id: `upload-${(made += 1)}`,
  file,
  options,
  state: "waiting",
  begun: Date.now(),
  accepted: false,
  sent: 0,
  speed: 0,
  broken: false,
  upload: null,
  progress: null,
  reviewed: null,
  dataset: null,
  problem: null,
});
