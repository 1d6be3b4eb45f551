/** Made by `make fmt` of modules/files/formats.py and modules/look/exports.py: change those. */

/** How a file can be read, in the order people look for it. */
// prettier-ignore
export const DATASET_FORMATS = [
  { value: "csv", label: "CSV, first row is the header", short: "CSV", delimited: true, text: true, typed: false },
  { value: "csv-no-header", label: "CSV without a header", short: "CSV, no header", delimited: true, text: true, typed: false },
  { value: "tsv", label: "TSV, first row is the header", short: "TSV", delimited: true, text: true, typed: false },
  { value: "tsv-no-header", label: "TSV without a header", short: "TSV, no header", delimited: true, text: true, typed: false },
  { value: "xlsx", label: "Excel workbook", short: "Excel", delimited: false, text: false, typed: false },
  { value: "parquet", label: "Parquet", short: "Parquet", delimited: false, text: false, typed: true },
  { value: "arrow", label: "Arrow or Feather", short: "Arrow", delimited: false, text: false, typed: true },
  { value: "jsonl", label: "JSON lines", short: "JSON lines", delimited: false, text: true, typed: false },
  { value: "json", label: "JSON, a list of records", short: "JSON", delimited: false, text: true, typed: false },
  { value: "rdata", label: "R data (RDS, RData)", short: "R data", delimited: false, text: false, typed: true },
  { value: "arff", label: "ARFF", short: "ARFF", delimited: false, text: true, typed: true },
  { value: "svmlight", label: "SVMlight", short: "SVMlight", delimited: false, text: true, typed: false },
  { value: "text", label: "Plain text, one row a line", short: "Text", delimited: false, text: true, typed: false },
  { value: "zip", label: "Zip bundle", short: "Zip", delimited: false, text: false, typed: false },
] as const;

/** What a table can be downloaded as. */
// prettier-ignore
export const EXPORT_FORMATS = [
  { value: "csv", label: "CSV" },
  { value: "csv-guarded", label: "CSV, formulas disabled" },
  { value: "xlsx", label: "Excel workbook" },
  { value: "parquet", label: "Parquet" },
  { value: "arrow", label: "Arrow" },
  { value: "jsonl", label: "JSON lines" },
  { value: "tsv", label: "TSV" },
  { value: "arff", label: "ARFF, for Weka" },
  { value: "svmlight", label: "SVMlight" },
] as const;

export type TableFormat = (typeof EXPORT_FORMATS)[number]["value"];
