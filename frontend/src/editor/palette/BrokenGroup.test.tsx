import { screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { modulesQuery } from "../../api/modules";
import { renderInApp } from "../../testing/render";
import { BrokenGroup } from "./BrokenGroup";

const broken = [{ slug: "split-data", unavailable: "ImportError: no module named 'pyarow'" }];

function draw(text: string) {
  const { queries } = renderInApp(<BrokenGroup text={text} />);
  queries.setQueryData(modulesQuery().queryKey, { modules: [], broken });
}

it("names a module that cannot be read, says why, and lets nobody place it", async () => {
  draw("");
  const entry = await screen.findByRole("button", {
    name: /^Split Data, not available: This server cannot read/,
  });
  expect(entry).toHaveAccessibleName(/ImportError: no module named 'pyarow'/);
  expect(entry).toHaveAttribute("aria-disabled", "true");
  expect(entry).toHaveAttribute("draggable", "false");
});

it("is found by the words of its name, and else takes no room", async () => {
  draw("data split");
  expect(await screen.findByRole("region", { name: "Cannot be read" })).toBeInTheDocument();
});

it("shows nothing where nothing fits", () => {
  draw("join");
  expect(screen.queryByRole("region")).toBeNull();
});
