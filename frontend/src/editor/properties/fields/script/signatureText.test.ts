import { expect, test } from "vitest";
import { signatureText } from "./signatureText";

const table = (name: string) => ({ name, type: "table" });
const MODEL = { name: "model", type: "model" };

test.each([
  [
    "(a ← dataset2, b) → result_dataset",
    { takes: ["a", "b"], model: false, gives: ["result_dataset"] },
    [table("dataset2")],
  ],
  [
    "(*d ← dataset1, dataset2) → nothing",
    { takes: ["*d"], model: false, gives: [] },
    [table("dataset1"), table("dataset2")],
  ],
  ["(df, model ← model) → result_model", { takes: ["df"], model: true, gives: ["result_model"] }, [MODEL]],
])("a script's signature is %s", (text, shape, wired) => {
  expect(signatureText(shape, wired)).toBe(`azureml_main${text}`);
});
