import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { renderInApp } from "../testing/render";
import { Tip } from "./Tip";

async function rested() {
  const user = userEvent.setup();
  renderInApp(
    <Tip label="Runs it" openDelay={0}>
      <button type="button">Run</button>
    </Tip>,
  );
  const button = screen.getByRole("button", { name: "Run" });
  expect(screen.queryByRole("tooltip")).toBeNull();
  await user.hover(button);
  expect(await screen.findByRole("tooltip")).toHaveTextContent("Runs it");
  return { user, button };
}

it("describes what the pointer rests on, until it leaves", async () => {
  const { user, button } = await rested();
  expect(button).toHaveAccessibleDescription("Runs it");
  await user.unhover(button);
  expect(screen.queryByRole("tooltip")).toBeNull();
  expect(button).not.toHaveAttribute("aria-describedby");
});

it("goes by Escape, and by a click", async () => {
  const { user, button } = await rested();
  await user.keyboard("{Escape}");
  expect(screen.queryByRole("tooltip")).toBeNull();
  await user.unhover(button);
  await user.hover(button);
  await screen.findByRole("tooltip");
  await user.click(button);
  expect(screen.queryByRole("tooltip")).toBeNull();
});
