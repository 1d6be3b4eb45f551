import type { UploadOptions } from "../../api/upload";
import type { Problem } from "../../api/problem";
import type { Dataset } from "../../api/types";

/** waiting → sending ⇄ paused → reading (all sent, the server makes the table) → ready; or refused, or cancelled. */
export type UploadState = "waiting" | "sending" | "paused" | "reading" | "ready" | "refused" | "cancelled";

export interface UploadItem {
  id: string;
  file: File;
  options: UploadOptions;
  state: UploadState;
  /** Bytes. */
  sent: number;
  /** Bytes a second over the last moments; 0 while unknown. */
  speed: number;
  /** The upload's id once all bytes are there: a refusal is mended without sending them again. */
  upload: string | null;
  /** 0…1 while the server reads a large file, where it says so. */
  progress: number | null;
  dataset: Dataset | null;
  problem: Problem | null;
}

export const isBusy = ({ state }: Pick<UploadItem, "state">): boolean =>
  state === "waiting" || state === "sending" || state === "paused" || state === "reading";
