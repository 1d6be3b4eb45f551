import type { ColumnReading, Reading } from "../../../api/review";
import type { DatasetType } from "../../../api/types";

/** What a person has said so far of a file that is being reviewed. */
export interface Draft {
  /** Undefined: as it is guessed. */
  type: DatasetType | undefined;
  reading: Reading;
}

/** The draft with some of the reading changed; what is undefined or empty is not said. */
export function say(draft: Draft, change: { [K in keyof Reading]?: Reading[K] | undefined }): Draft {
  return { ...draft, reading: compact({ ...draft.reading, ...change }) };
}

/** The same for one column, by the name the file gives it. */
export function sayOf(
  draft: Draft,
  original: string,
  change: { [K in keyof ColumnReading]?: ColumnReading[K] | undefined },
): Draft {
  const said = compact({ ...draft.reading.columns?.[original], ...change });
  const { [original]: _before, ...others } = draft.reading.columns ?? {};
  return say(draft, { columns: isEmpty(said) ? others : { ...others, [original]: said } });
}

/** Another format: what was said of the old one's columns and signs means nothing there. */
export const readAs = (draft: Draft, type: DatasetType): Draft => ({
  type,
  reading: compact({ bad_rows: draft.reading.bad_rows }),
});

type Said<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function compact<T extends object>(said: T): Said<T> {
  const kept = Object.entries(said as Record<string, unknown>).filter(
    ([, value]) =>
      value !== undefined && value !== "" && !(typeof value === "object" && isEmpty(value as object)),
  );
  return Object.fromEntries(kept) as Said<T>;
}

const isEmpty = (value: object | null): boolean => value === null || Object.keys(value).length === 0;
