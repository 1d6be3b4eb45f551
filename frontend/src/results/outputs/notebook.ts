import type { Column, ColumnType } from "../../api/types";

/** Code that loads one artifact elsewhere, by address and token. Pure; runs as printed. */

export interface Loading {
  /** The server, as the browser knows it: http://127.0.0.1:8000 */
  origin: string;
  artifact: string;
  token: string;
  what: string;
  /** The table's columns. */
  columns: readonly Pick<Column, "name" | "type">[];
}

const address = ({ origin, artifact }: Loading, format: string) =>
  `${origin}/api/v1/artifacts/${artifact}/download?format=${format}`;

export const pythonCode = (loading: Loading): string => `# ${oneLine(loading.what)}
import io
import urllib.request

import pandas as pd  # reads Parquet with pyarrow

request = urllib.request.Request(
    "${address(loading, "parquet")}",
    headers={"Authorization": "Bearer ${loading.token}"},
)
with urllib.request.urlopen(request) as answer:
    df = pd.read_parquet(io.BytesIO(answer.read()))
print(df.shape)
df.head()
`;

export const rCode = (loading: Loading): string => `# ${oneLine(loading.what)}
studio <- function(address) {
  file <- tempfile()
  download.file(address, file, mode = "wb", quiet = TRUE,
                headers = c(Authorization = "Bearer ${loading.token}"))
  file
}
if (requireNamespace("arrow", quietly = TRUE)) {
  df <- as.data.frame(arrow::read_parquet(studio("${address(loading, "parquet")}")))
} else {  # install.packages("arrow") brings every type over exactly
  df <- read.csv(studio("${address(loading, "csv")}"),
                 check.names = FALSE, na.strings = "", encoding = "UTF-8",
                 numerals = "no.loss"${asClasses(loading)})${asTimes(loading)}
}
print(dim(df))
head(df)
`;

/**
 * What base R reads other than text; it would take texts for numbers where they look like some. R finds out the
 * integers itself: it has none beyond 32 bits, and those that floats do not hold stay text ("no.loss").
 */
const CLASSES: Partial<Record<ColumnType, string | null>> = {
  integer: null,
  float: "numeric",
  boolean: "logical",
};

const asClasses = ({ columns }: Loading): string => {
  const classes = columns.flatMap(({ name, type }) => {
    const found = CLASSES[type] === undefined ? "character" : CLASSES[type];
    return name && found ? [`${JSON.stringify(name)} = "${found}"`] : [];
  });
  return classes.length > 0 ? `,\n                 colClasses = c(${classes.join(", ")})` : "";
};

const asTimes = ({ columns }: Loading): string =>
  columns
    .filter(({ name, type }) => name && type === "datetime")
    .map(({ name }) => `df[[${JSON.stringify(name)}]]`)
    .map((column) => `\n  ${column} <- as.POSIXct(${column}, format = "%Y-%m-%dT%H:%M:%OS", tz = "UTC")`)
    .join("");

const oneLine = (text: string): string => text.replaceAll(/\s+/g, " ").trim();
