import type { DetailedError, Upload } from "tus-js-client";
import { API, api, answerOf, freshCsrfToken } from "./client";
import { problemFrom, unreachable, type Problem } from "./problem";
import type { Reading } from "./review";
import type { Dataset, DatasetType } from "./types";

export interface UploadOptions {
  name?: string | undefined;
  type?: DatasetType | undefined;
  description?: string | undefined;
  /** Id of the dataset whose next version this is. */
  newVersionOf?: string | undefined;
  /** How the file is read, where a person said so. */
  reading?: Reading | undefined;
}

export interface Sending {
  /** The upload's id, once all bytes are there. Rejects with a `Problem`, or an AbortError. */
  done: Promise<string>;
  pause(): void;
  resume(): void;
  /** Gives it up; the server forgets what has come. */
  abort(): void;
}

/** Bytes a request. A broken line costs at most so many again. */
const PIECE = 16 << 20;

/** Milliseconds between tries: at once, then slower, then for an hour (a closed laptop, a server that restarts). */
const RETRIES = [0, 500, 1500, 4000, 10_000, ...Array<number>(120).fill(30_000)];

/** What this tab has sent and neither kept nor given up: a file that is chosen twice is two uploads. */
const held = new Set<string>();

/**
 * Sends a file in pieces (the tus protocol). It goes on by itself after a broken connection, and where the same
 * file was given up half-way within a day, also by a tab that was closed, with what was missing.
 */
export function sendFile(
  file: File,
  options: UploadOptions,
  onSent: (bytes: number) => void,
  onBreak: () => void,
): Sending {
  let upload: Upload | undefined;
  let stopped = false;
  let paused = false;
  let refuse: (reason: unknown) => void = () => undefined;

  const done = new Promise<string>((resolve, reject) => {
    refuse = reject;
    import("tus-js-client")
      .then(async (tus) => {
        upload = new tus.Upload(file, {
          endpoint: `${API}/uploads`,
          chunkSize: PIECE,
          retryDelays: RETRIES,
          metadata: { filename: file.name, ...(isNamed(options) ? { named: "yes" } : {}) },
          onBeforeRequest: async (request) => request.setHeader("X-CSRFToken", await freshCsrfToken()),
          onShouldRetry: (error) => {
            const again = isPassing(error);
            if (again) onBreak();
            return again;
          },
          onProgress: (sent) => onSent(sent),
          onSuccess: () => {
            const id = idOf(upload?.url ?? "");
            held.add(id);
            resolve(id);
          },
          onError: (error) => reject(asProblem(error)),
        });
        const all = await upload.findPreviousUploads();
        const earlier = all.find(({ uploadUrl }) => !held.has(idOf(uploadUrl ?? "")));
        if (earlier) upload.resumeFromPreviousUpload(earlier);
        if (!stopped && !paused) upload.start();
      })
      .catch(reject);
  });

  return {
    done,
    pause() {
      paused = true;
      void upload?.abort();
    },
    resume() {
      paused = false;
      upload?.start();
    },
    abort() {
      stopped = true;
      // What the server keeps of it is swept after a day where it cannot be told now.
      void upload?.abort(true).catch(() => undefined);
      refuse(new DOMException("The upload was cancelled.", "AbortError"));
    },
  };
}

/** The dataset, ready or still importing, of what was sent. Throws a `Problem`; then it may be asked for anew. */
export async function makeDataset(upload: string, options: UploadOptions): Promise<Dataset> {
  const dataset = await answerOf(
    api.POST("/api/v1/uploads/{id}/dataset", {
      params: { path: { id: upload } },
      body: {
        name: options.name ?? null,
        type: options.type ?? null,
        description: options.description ?? "",
        new_version_of: options.newVersionOf ?? null,
        reading: options.reading ? JSON.stringify(options.reading) : null,
      },
    }),
  );
  void forgetSent(upload);
  return dataset;
}

/** Gives up what was sent. */
export async function discardUpload(upload: string): Promise<void> {
  void forgetSent(upload);
  await answerOf(api.DELETE("/api/v1/uploads/{id}", { params: { path: { id: upload } } }));
}

/**
 * The browser remembers what it sent until it is kept or given up: a tab that was closed during the review sends
 * nothing twice when the same file is chosen again.
 */
async function forgetSent(upload: string): Promise<void> {
  held.delete(upload);
  const { urlStorage } = (await import("tus-js-client")).defaultOptions;
  const all = await urlStorage.findAllUploads();
  const those = all.filter(({ uploadUrl }) => uploadUrl !== null && idOf(uploadUrl) === upload);
  await Promise.all(those.map(({ urlStorageKey }) => urlStorage.removeUpload(urlStorageKey)));
}

const isNamed = ({ name, newVersionOf }: UploadOptions) => Boolean(name ?? newVersionOf);

/** A broken line, a server that restarts; and to a piece 409: the broken one before it is still being written. */
export function isPassing({
  originalRequest,
  originalResponse,
}: Pick<DetailedError, "originalRequest" | "originalResponse">): boolean {
  const status = originalResponse?.getStatus() ?? 0;
  // A disk without room (507) is told at once: nobody makes room for an upload that only seems to hang.
  return (
    status === 0 ||
    (status >= 502 && status <= 504) ||
    (status === 409 && originalRequest.getMethod() === "PATCH")
  );
}

const idOf = (url: string) => url.slice(url.lastIndexOf("/") + 1);

function asProblem(error: Error | DetailedError): Problem {
  const response = "originalResponse" in error ? error.originalResponse : null;
  return response ? problemFrom(response.getStatus(), response.getBody()) : unreachable();
}
