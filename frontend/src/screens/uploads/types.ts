import type { UploadOptions } from "../../api/upload";
import type { Problem } from "../../api/problem";
import type { Dataset } from "../../api/types";

/** waiting → sending → reading (all sent, the server makes the table) → ready; or refused, or cancelled. */
export type UploadState = "waiting" | "sending" | "reading" | "ready" | "refused" | "cancelled";

export interface UploadItem {
  id: string;
  file: File;
  options: UploadOptions;
  state: UploadState;
  /** Bytes. */
  sent: number;
  /** Bytes a second over the last moments; 0 while unknown. */
  speed: number;
  /** 0…1 while the server reads a large file, where it says so. */
  progress: number | null;
  dataset: Dataset | null;
  problem: Problem | null;
}

export const isBusy = ({ state }: Pick<UploadItem, "state">): boolean =>
  state === "waiting" || state === "sending" || state === "reading";
