import { expect, it } from "vitest";
import { keepAsR } from "./keepAsR";

it("puts lines before the output, and reads the tables that they name", () => {
  const script = 'x <- maml.mapInputPort(1)\nmaml.mapOutputPort("x")\n';
  expect(keepAsR(script, "dataset1$n <- 1\n")).toBe(
    'x <- maml.mapInputPort(1)\ndataset1 <- maml.mapInputPort(1)\ndataset1$n <- 1\nmaml.mapOutputPort("x")\n',
  );
  expect(keepAsR("dataset1 <- maml.mapInputPort(1)\n", "print(dataset1)")).toBe(
    "dataset1 <- maml.mapInputPort(1)\nprint(dataset1)\n",
  );
  expect(keepAsR("", "1 + 1")).toBe("1 + 1\n");
});
