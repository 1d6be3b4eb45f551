import { expect, it } from "vitest";
import {
  closeServiceView,
  forgetServiceView,
  isAllOff,
  isWireOff,
  lightService,
  openServiceView,
  partOf,
  useServiceView,
} from "./serviceView";

const view = useServiceView.getState;

it("lights what a call goes through and what is kept for it; the rest is off", () => {
  openServiceView();
  expect(partOf("a")(view())).toBeUndefined();
  lightService(["a", "b"], ["model"]);
  expect(["a", "model", "train"].map((id) => partOf(id)(view()))).toEqual(["path", "constant", "off"]);
  expect(isWireOff("a", "b")(view())).toBe(false);
  expect(isWireOff("model", "b")(view())).toBe(false);
  expect(isWireOff("train", "model")(view())).toBe(true);
  expect(isWireOff("train", "a")(view())).toBe(true);
  expect(isAllOff(() => ["train", "note1"])(view())).toBe(true);
  expect(isAllOff(() => ["train", "b"])(view())).toBe(false);
});

it("dims nothing while the experiment is shown, and asks for no contents then", () => {
  closeServiceView();
  expect(partOf("x")(view())).toBeUndefined();
  expect(isWireOff("x", "y")(view())).toBe(false);
  const never = (): readonly string[] => {
    throw new Error("not needed");
  };
  expect(isAllOff(never)(view())).toBe(false);
  expect(view().used).toBe(true);
  forgetServiceView();
  expect(view().used).toBe(false);
});
