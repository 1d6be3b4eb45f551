import { beforeEach, expect, it } from "vitest";
import { clientId } from "../api/client";
import { forgetTabs, noticeTabs, presenceText, usePresence } from "./presence";

beforeEach(() => usePresence.setState({ me: "", others: [] }));
const tab = (client: string, name = "owner") => ({ client, name });

it("shows the others, never this tab", () => {
  noticeTabs({ type: "presence", id: "e1", here: [tab(clientId), tab("two"), tab("three", "Ada")] });
  expect(usePresence.getState()).toEqual({ me: "owner", others: [tab("two"), tab("three", "Ada")] });
  forgetTabs();
  expect(usePresence.getState().others).toEqual([]);
});

it("says who they are", () => {
  expect(presenceText("owner", [tab("two")])).toBe("Also open: another tab of yours");
  expect(presenceText("owner", [tab("two"), tab("three"), tab("x", "Ada")])).toBe(
    "Also open: Ada and 2 other tabs of yours",
  );
});
