import { DATASET_FORMATS } from "./formats.gen";
import type { DatasetType } from "./types";

/** How a file can be read, in the order a person looks for it. */
export const DATASET_TYPES: readonly { value: DatasetType; label: string }[] = DATASET_FORMATS;

const BY_NAME = new Map<string, (typeof DATASET_FORMATS)[number]>(
  DATASET_FORMATS.map((one) => [one.value, one]),
);

/** Datasets that were saved from outputs, and never are files to read. */
const SAVED: Record<string, string> = { model: "Model", transform: "Transformation" };

export const datasetTypeName = (type: string): string => BY_NAME.get(type)?.short ?? SAVED[type] ?? type;

/** Whether values stand between delimiters. */
export const isDelimited = (type: string): boolean => BY_NAME.get(type)?.delimited ?? false;

/** Whether it is text, in which letters may be written in several ways. */
export const isText = (type: string): boolean => BY_NAME.get(type)?.text ?? false;

/** Whether the file says the types of its columns. */
export const isTyped = (type: string): boolean => BY_NAME.get(type)?.typed ?? false;
