import type { ParamSpec } from "../../../graph/types";

export interface FieldProps {
  node: string;
  param: ParamSpec;
  value: unknown;
  onChange: (value: unknown) => void;
  /** What is wrong with it, in a sentence. */
  error: string | null;
  /** The script's line at fault, from 1. */
  errorLine: number | null;
  readOnly: boolean;
  /** In a list of records: without what is known of the column. */
  compact?: boolean;
}
