import { expect, test } from "vitest";
import { missingPackage } from "./missingPackage";

const SENTENCE =
  "No module named 'cv2'. To add cv2, put opencv-python-headless into an environment and name that in the node's " +
  'properties, or begin the script with the lines `# /// script`, `# dependencies = ["opencv-python-headless"]` and `# ///`.';

test("the package of a failed import is the one that the sentence names", () => {
  expect(missingPackage({ type: "ModuleNotFoundError", message: SENTENCE })).toBe("opencv-python-headless");
});

test.each([
  ["another failure", { type: "ValueError", message: SENTENCE }],
  ["a name that has moved", { type: "ModuleNotFoundError", message: "It is sklearn.model_selection today." }],
  ["no failure", null],
])("%s asks for no package", (_, failure) => expect(missingPackage(failure)).toBeNull());
