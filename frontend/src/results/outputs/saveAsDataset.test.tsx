import { Button } from "@mantine/core";
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it, vi } from "vitest";
import { saveAsDataset as save } from "../../api/artifacts";
import { renderInApp } from "../../testing/render";
import type { PassingRows } from "../table/passing";
import { saveAsDataset } from "./saveAsDataset";

vi.mock("../../api/artifacts", () => ({ saveAsDataset: vi.fn(() => Promise.resolve({ state: "ready" })) }));
beforeEach(() => vi.mocked(save).mockClear());

async function open(passing: PassingRows) {
  renderInApp(<Button onClick={() => saveAsDataset("a1", undefined, passing)}>Open</Button>);
  await userEvent.click(screen.getByRole("button", { name: "Open" }));
  await userEvent.type(await screen.findByRole("textbox", { name: "Name" }), "wine");
}

const narrowed = { rows: 4899, total: 293, search: "red" };

it("keeps the rows that are shown, if the table is narrowed", async () => {
  await open(narrowed);
  expect(screen.getByRole("radio", { name: "Those shown: 293 of 4,899 rows" })).toBeChecked();
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  expect(save).toHaveBeenCalledWith("a1", "wine", undefined, narrowed);
});

it("keeps all rows, if that is chosen", async () => {
  await open(narrowed);
  await userEvent.click(screen.getByRole("radio", { name: "All 4,899 rows" }));
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  expect(save).toHaveBeenCalledWith("a1", "wine", undefined, undefined);
});

it("asks nothing of a table that is shown whole", async () => {
  await open({ rows: 4899, total: 4899 });
  expect(screen.queryByRole("radio")).toBeNull();
});
