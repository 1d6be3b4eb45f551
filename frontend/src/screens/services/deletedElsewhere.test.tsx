import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { Route, Routes } from "react-router";
import { afterEach, expect, it, vi } from "vitest";
import { renderInApp } from "../../testing/render";
import { ServiceScreen } from "./ServiceScreen";

const SERVICE = {
  id: "s1",
  name: "Score",
  slug: "score",
  version: 1,
  state: "ready",
  why: "",
  experiment: null,
  keys: [],
  inputs: [],
  outputs: [],
  parameters: [],
  versions: [],
  timeout_s: 120,
  memory_bytes: null,
  concurrency: 20,
};
const GONE = { title: "Not Found", status: 404, detail: "There is no service 's1'." };

afterEach(() => {
  vi.unstubAllGlobals();
});

it("says that a service is gone once another tab is opened, if it was deleted elsewhere", async () => {
  let gone = false;
  vi.stubGlobal("fetch", () =>
    Promise.resolve(
      new Response(JSON.stringify(gone ? GONE : SERVICE), {
        status: gone ? 404 : 200,
        headers: { "Content-Type": "application/json" },
      }),
    ),
  );
  renderInApp(
    <Routes>
      <Route path="/services/:id/:tab" element={<ServiceScreen />} />
    </Routes>,
    { path: "/services/s1/limits" },
  );
  await userEvent.click(await screen.findByRole("tab", { name: "Keys" }));
  expect(screen.getByRole("tab", { name: "Keys" })).toHaveAttribute("aria-selected", "true");
  gone = true;
  await userEvent.click(screen.getByRole("tab", { name: "Limits" }));
  expect(await screen.findByText(/This service/)).toBeVisible();
  expect(screen.queryByRole("tab")).not.toBeInTheDocument();
});
