import type { UploadOptions } from "../../api/upload";
import type { Problem } from "../../api/problem";
import type { ColumnType, Dataset } from "../../api/types";

/**
 * waiting → sending ⇄ paused → review (all sent, a person looks) → reading (the server makes the table) → ready; or
 * refused, or cancelled. Where nobody wants to look, review is left out.
 */
export type UploadState =
  | "waiting" | "sending" | "paused" | "review" | "reading" | "ready" | "refused" | "cancelled"; // prettier-ignore

export interface UploadItem {
  id: string;
  file: File;
  options: UploadOptions;
  state: UploadState;
  /** Milliseconds since 1970. */
  begun: number;
  /** A person has looked, or need not. */
  accepted: boolean;
  /** Bytes. */
  sent: number;
  /** Bytes a second over the last moments; 0 while unknown. */
  speed: number;
  /** The connection broke, and the next try is waited for. */
  broken: boolean;
  /** The upload's id once all bytes are there: a refusal is mended without sending them again. */
  upload: string | null;
  /** 0…1 while the server reads a large file, where it says so. */
  progress: number | null;
  /** The types that the review showed, by column; the import may have had to find others. */
  reviewed: Record<string, ColumnType> | null;
  dataset: Dataset | null;
  problem: Problem | null;
}

export const isBusy = ({ state }: Pick<UploadItem, "state">): boolean =>
  state === "waiting" || state === "sending" || state === "paused" || state === "reading";
