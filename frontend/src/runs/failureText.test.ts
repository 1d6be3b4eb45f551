import { expect, it } from "vitest";
import { failureText, firstLine } from "./failureText";

it("names the class of what Python raised, and of no sentence of ours", () => {
  expect(failureText({ type: "KeyError", message: "'x'" })).toBe("KeyError: 'x'");
  expect(failureText({ type: "ModuleError", message: "The first table has no rows." })).toBe(
    "The first table has no rows.",
  );
  expect(firstLine("a\nb")).toBe("a");
});
