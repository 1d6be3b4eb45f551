import { expect, it } from "vitest";
import { short } from "./slots";

it("keeps the ending by which long words differ", () => {
  expect(short("Oslo", 60)).toBe("Oslo");
  expect(short("customer number 12", 64)).toBe("custom… 12");
  expect(short("customer", 20)).toBe("cu…");
  expect(short("🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊", 64)).toBe("🦊🦊🦊🦊🦊🦊…🦊🦊🦊");
});
