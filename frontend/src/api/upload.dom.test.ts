import type { HttpRequest, HttpResponse } from "tus-js-client";
import { expect, test } from "vitest";
import { isPassing } from "./upload";

const refused = (status: number | null, method = "PATCH") =>
  isPassing({
    originalRequest: { getMethod: () => method } as HttpRequest,
    originalResponse: status === null ? null : ({ getStatus: () => status } as HttpResponse),
  });

test("an upload waits out what passes, and tells the rest at once", () => {
  expect([null, 502, 503, 504, 409].map((status) => refused(status))).toEqual(Array(5).fill(true));
  expect([400, 404, 413, 422, 507].map((status) => refused(status))).toEqual(Array(5).fill(false));
  expect(refused(409, "POST")).toBe(false);
});
