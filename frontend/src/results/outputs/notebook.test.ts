import { expect, it } from "vitest";
import { pythonCode, rCode } from "./notebook";

const LOADING = {
  origin: "http://studio:8000",
  artifact: "abc",
  token: "t0k",
  what: "Rows of\n“big”",
  columns: [],
};

it("keeps texts and times what they are in R without packages", () => {
  const columns = [
    { name: "post code", type: "string" },
    { name: "n", type: "integer" },
    { name: "x", type: "float" },
    { name: "is", type: "boolean" },
    { name: "day", type: "datetime" },
  ] as const;
  const code = rCode({ ...LOADING, columns });
  expect(code).toContain(
    'colClasses = c("post code" = "character", "x" = "numeric", "is" = "logical", "day" = "character")',
  );
  expect(code).toContain('numerals = "no.loss"');
  expect(code).toContain('df[["day"]] <- as.POSIXct(df[["day"]]');
});

it("loads the very artifact by its address and a token", () => {
  for (const code of [pythonCode(LOADING), rCode(LOADING)]) {
    expect(code).toContain('"http://studio:8000/api/v1/artifacts/abc/download?format=parquet"');
    expect(code).toContain("Bearer t0k");
    expect(code.split("\n")[0]).toBe("# Rows of “big”");
  }
});
