import { expect, test } from "vitest";
import { isUnreachable, problemFrom } from "./problem";

test("what the server says is kept", () => {
  const problem = problemFrom(412, '{"title": "Stale", "detail": "Somebody saved.", "current_revision": 4}');
  expect(problem).toMatchObject({ status: 412, message: "Somebody saved.", body: { current_revision: 4 } });
});

test("a proxy's page means that the server is not reached", () => {
  expect(isUnreachable(problemFrom(502, "<html>Bad Gateway</html>"))).toBe(true);
});

test("a server that says why it cannot is there", () => {
  expect(isUnreachable(problemFrom(503, { detail: "No worker is up." }))).toBe(false);
});

test("anything else says at least its number", () => {
  expect(problemFrom(500, "<html>").message).toBe("The server answered 500.");
});
