import type { DatasetType } from "./types";

/** How a file can be read, in the order a person looks for it. */
export const DATASET_TYPES: { value: DatasetType; label: string }[] = [
  { value: "csv", label: "CSV, first row is the header" },
  { value: "csv-no-header", label: "CSV without a header" },
  { value: "tsv", label: "TSV, first row is the header" },
  { value: "tsv-no-header", label: "TSV without a header" },
  { value: "xlsx", label: "Excel workbook" },
  { value: "parquet", label: "Parquet" },
  { value: "arrow", label: "Arrow or Feather" },
  { value: "jsonl", label: "JSON lines" },
  { value: "json", label: "JSON, a list of records" },
  { value: "rdata", label: "R data (RDS, RData)" },
  { value: "arff", label: "ARFF" },
  { value: "svmlight", label: "SVMlight" },
  { value: "text", label: "Plain text, one row a line" },
  { value: "zip", label: "Zip bundle" },
];

const SHORT: Record<DatasetType, string> = {
  csv: "CSV",
  "csv-no-header": "CSV, no header",
  tsv: "TSV",
  "tsv-no-header": "TSV, no header",
  xlsx: "Excel",
  parquet: "Parquet",
  arrow: "Arrow",
  jsonl: "JSON lines",
  json: "JSON",
  rdata: "R data",
  arff: "ARFF",
  svmlight: "SVMlight",
  text: "Text",
  zip: "Zip",
  model: "Model",
  transform: "Transformation",
};

export const datasetTypeName = (type: string): string => SHORT[type as DatasetType] ?? type;
