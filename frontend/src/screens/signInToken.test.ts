import { expect, test } from "vitest";
import { tokenIn } from "./signInToken";

test.each([
  ["abc", "abc"],
  ["  abc\n", "abc"],
  ["http://127.0.0.1:8000/?token=a%2Bb", "a+b"],
  ["Studio is ready at http://127.0.0.1:8000/?token=abc\n", "abc"],
])("%j holds the token %s", (pasted, token) => expect(tokenIn(pasted)).toBe(token));
