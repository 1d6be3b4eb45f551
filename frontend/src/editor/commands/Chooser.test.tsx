import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { renderInApp } from "../../testing/render";
import { Chooser } from "./Chooser";

const choices = [
  { id: "add-rows", label: "Add Rows" },
  { id: "split", label: "Split Data", words: "partition rows" },
  { id: "sql", label: "Apply SQL", help: "A query that can partition rows, too." },
  { id: "r", label: "Execute R Script", unavailable: "Install R first." },
];

function draw() {
  const onChoose = vi.fn();
  const onClose = vi.fn();
  const rest = { label: "Add", placeholder: "Search", empty: "Nothing." };
  renderInApp(<Chooser {...rest} choices={choices} onChoose={onChoose} onClose={onClose} />);
  return { onChoose, onClose };
}

it("finds by words, goes by arrows and chooses by Enter", async () => {
  const { onChoose } = draw();
  await userEvent.keyboard("rows");
  expect(screen.getAllByRole("option").map((option) => option.textContent)).toEqual([
    "Add Rows",
    "Split Data",
    "Apply SQL",
  ]);
  await userEvent.keyboard("{ArrowDown}{Enter}");
  expect(onChoose).toHaveBeenCalledWith("split");
});

it("does not choose what is not available, and says why", async () => {
  const { onChoose } = draw();
  await userEvent.keyboard("script{Enter}");
  expect(onChoose).not.toHaveBeenCalled();
  expect(screen.getByRole("option")).toHaveAttribute("title", "Install R first.");
});

it("says when nothing is found, and closes by Escape", async () => {
  const { onClose } = draw();
  await userEvent.keyboard("zzz");
  expect(screen.getByText("Nothing.")).toBeInTheDocument();
  await userEvent.keyboard("{Escape}");
  expect(onClose).toHaveBeenCalled();
});

it("closes by Escape, even where the focus was taken from it", async () => {
  const { onClose } = draw();
  await userEvent.keyboard("{Escape}");
  expect(onClose).toHaveBeenCalledTimes(1);
  screen.getByRole("combobox").blur();
  await userEvent.keyboard("{Escape}");
  expect(onClose).toHaveBeenCalledTimes(2);
});
