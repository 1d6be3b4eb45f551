/** Code that loads one artifact elsewhere, by address and token. Pure; runs as printed. */

export interface Loading {
  /** The server, as the browser knows it: http://127.0.0.1:8000 */
  origin: string;
  artifact: string;
  token: string;
  what: string;
}

const address = ({ origin, artifact }: Loading) =>
  `${origin}/api/v1/artifacts/${artifact}/download?format=parquet`;

export const pythonCode = (loading: Loading): string => `# ${oneLine(loading.what)}
import io
import urllib.request

import pandas as pd  # reads Parquet with pyarrow

request = urllib.request.Request(
    "${address(loading)}",
    headers={"Authorization": "Bearer ${loading.token}"},
)
with urllib.request.urlopen(request) as answer:
    df = pd.read_parquet(io.BytesIO(answer.read()))
print(df.shape)
df.head()
`;

export const rCode = (loading: Loading): string => `# ${oneLine(loading.what)}
library(arrow)  # install.packages("arrow")

file <- tempfile(fileext = ".parquet")
download.file(
  "${address(loading)}",
  file,
  mode = "wb",
  headers = c(Authorization = "Bearer ${loading.token}")
)
df <- read_parquet(file)
print(dim(df))
head(df)
`;

const oneLine = (text: string): string => text.replaceAll(/\s+/g, " ").trim();
