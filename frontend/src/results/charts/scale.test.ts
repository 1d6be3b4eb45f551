import { expect, it } from "vitest";
import { apart, compact, scaleOf, steps, valueText } from "./scale";

it("steps by round numbers", () => {
  expect(steps(0, 97, 5)).toEqual([0, 20, 40, 60, 80]);
  expect(steps(-0.3, 0.4, 4)).toEqual([-0.2, 0, 0.2, 0.4].map((value) => expect.closeTo(value)));
  expect(steps(0, 3, 10, true)).toEqual([0, 1, 2, 3]);
  expect(steps(5, 5, 4)).toEqual([5]);
});

it("places values, upwards too", () => {
  const scale = scaleOf({ domain: [0, 10], range: [100, 0], room: 5 });
  expect(scale.at(0)).toBe(100);
  expect(scale.at(2.5)).toBe(75);
  expect(scaleOf({ domain: [1, 100], range: [0, 10], room: 5, kind: "log" }).at(10)).toBeCloseTo(5);
});

it("marks powers of ten on a log scale", () => {
  const { ticks } = scaleOf({ domain: [3, 5000], range: [0, 1], room: 6, kind: "log" });
  expect(ticks.map(({ value }) => value)).toEqual([10, 100, 1000]);
});

it("marks years, months, days and hours", () => {
  const marks = (from: string, to: string) =>
    scaleOf({ domain: [Date.parse(from), Date.parse(to)], range: [0, 1], room: 5, kind: "time" }).ticks.map(
      ({ text }) => text,
    );
  expect(marks("2020-01-01T00:00Z", "2025-01-01T00:00Z")).toEqual([
    "2020",
    "2021",
    "2022",
    "2023",
    "2024",
    "2025",
  ]);
  expect(marks("2024-01-15T00:00Z", "2024-06-15T00:00Z")).toContain("2024-04");
  expect(marks("2024-01-01T00:00Z", "2024-01-02T00:00Z")).toContain("06:00");
});

it("writes large numbers short", () => {
  expect([1_500_000, 20_000, 1234, 0.25, -3e9].map(compact)).toEqual(["1.5M", "20k", "1234", "0.25", "-3G"]);
});

it("tells near numbers from one another, with all digits of integers", () => {
  const near = scaleOf({ room: 3, range: [0, 600], domain: [2_000_000, 2_000_004] });
  expect(near.ticks.map(({ text }) => text)).toEqual(["2000000", "2000001", "2000002", "2000003", "2000004"]);
  expect(valueText(12345678, "integer")).toBe("12345678");
  expect(valueText(2 ** 53, "integer")).toBe("≈ 9007199254740992");
});

it("leaves out words that would run into others", () => {
  const at = (value: number) => value;
  const ticks = [0, 50, 100].map((value) => ({ value, text: "0123456789" }));
  expect(apart({ ticks, at }).map(({ value }) => value)).toEqual([0, 100]);
});
