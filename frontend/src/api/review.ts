import { api, AS_TEXT, exactAnswerOf } from "./client";
import type { Column, DatasetType } from "./types";

/** A column's type, or what its values look like: 1,234.5 and 31/12/2024 are read as number and date. */
export type ReadAs =
  | Exclude<Column["type"], "binary">
  | "grouped-number" | "comma-number" | "day-first" | "month-first" | "year-first"; // prettier-ignore

export interface ColumnReading {
  name?: string;
  type?: ReadAs;
  missing?: string[];
  /** NA, null and the like are values in it; CSV and TSV only. */
  literal?: boolean;
}

/** What a person says of how a file is to be read; the server finds out the rest. */
export interface Reading {
  delimiter?: string;
  encoding?: string;
  /** Lines above the header; if it is not said, the server finds them in a workbook. */
  skip?: number;
  missing?: string[];
  sheet?: string;
  object?: string;
  /** By the names that the file gives. */
  columns?: Record<string, ColumnReading>;
  bad_rows?: "apart";
}

export interface PreviewColumn {
  original: string;
  name: string;
  type: Column["type"];
  note?: string | null;
  /** What text could be read as: every value looks like it. */
  could_be?: ReadAs[];
}

export interface Preview {
  type: DatasetType;
  kind: "table" | "bundle";
  /** False: only its beginning was looked at. */
  whole: boolean;
  rows?: number | null;
  width?: number | null;
  columns?: PreviewColumn[] | null;
  cells?: unknown[][] | null;
  /** How many lines above the header seem to be in the way. */
  above?: number;
  bad?: { count: number; first: { line: number; reason: string; text: string }[] } | null;
  found?: {
    delimiter?: string | null;
    encoding?: string | null;
    sheet?: string | null;
    sheets?: string[] | null;
    skip?: number | null;
    object?: string | null;
    objects?: string[] | null;
  } | null;
  count?: number | null;
  entries?: { name: string; bytes: number }[] | null;
}

/** How what was sent would be read; nothing is kept. */
export const previewUpload = (
  upload: string,
  type: DatasetType | undefined,
  reading: Reading,
  signal: AbortSignal,
): Promise<Preview> =>
  exactAnswerOf<Preview>(
    api.POST("/api/v1/uploads/{id}/preview", {
      params: { path: { id: upload } },
      body: { type: type ?? null, reading: JSON.stringify(reading) },
      signal,
      ...AS_TEXT,
    }),
  );
