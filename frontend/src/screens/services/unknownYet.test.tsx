import { screen } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import type { Service } from "../../api/services";
import { renderInApp } from "../../testing/render";
import { RecordedCalls } from "./RecordedCalls";
import { RetrainedModel } from "./RetrainedModel";

const SERVICE = { id: "s1", name: "Score", record_calls: 20 } as Service;

/** Studio answers each request so, or never. */
function studioAnswers(status?: number, body?: object) {
  const answer = status
    ? () =>
        Promise.resolve(
          new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json" } }),
        )
    : () => new Promise<Response>(() => undefined);
  vi.stubGlobal("fetch", vi.fn(answer));
}

afterEach(() => {
  vi.unstubAllGlobals();
});

const choice = () => screen.getByRole("combobox", { name: "Record" });

it("does not say that no call is recorded before that is known, and lets nothing be deleted", async () => {
  studioAnswers();
  renderInApp(<RecordedCalls service={SERVICE} />);
  expect(await screen.findByText("Looking for recorded calls…")).toBeVisible();
  expect(choice()).toBeDisabled();
});

it("says that recorded calls could not be looked for", async () => {
  studioAnswers(500, { title: "Internal Server Error", status: 500, detail: "Something failed in Studio." });
  renderInApp(<RecordedCalls service={SERVICE} />);
  expect(await screen.findByRole("alert")).toHaveTextContent("Something failed in Studio.");
  expect(screen.queryByText("None is kept.")).not.toBeInTheDocument();
  expect(choice()).toBeDisabled();
});

it("says how many are kept once it is known", async () => {
  studioAnswers(200, { items: [], total: 3, bytes: 2048 });
  renderInApp(<RecordedCalls service={SERVICE} />);
  expect(await screen.findByText(/3 calls kept/)).toBeVisible();
  expect(choice()).toBeEnabled();
});

it("says that retrained models could not be looked for", async () => {
  studioAnswers(500, { title: "Internal Server Error", status: 500, detail: "Something failed in Studio." });
  renderInApp(<RetrainedModel service={SERVICE} />);
  expect(await screen.findByRole("alert")).toHaveTextContent("Could not look for retrained models");
});
