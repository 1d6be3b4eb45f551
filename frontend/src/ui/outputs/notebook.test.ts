import { expect, it } from "vitest";
import { pythonCode, rCode } from "./notebook";

const LOADING = { origin: "http://studio:8000", artifact: "abc", token: "t0k", what: "Rows of\n“big”" };

it("loads the very artifact by its address and a token", () => {
  for (const code of [pythonCode(LOADING), rCode(LOADING)]) {
    expect(code).toContain('"http://studio:8000/api/v1/artifacts/abc/download?format=parquet"');
    expect(code).toContain("Bearer t0k");
    expect(code.split("\n")[0]).toBe("# Rows of “big”");
  }
});
