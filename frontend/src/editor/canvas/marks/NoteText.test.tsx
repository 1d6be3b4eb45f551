import { render, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { NoteText } from "./NoteText";

it("draws lists, tables, code and checkboxes; headings of a note are none of the page's", () => {
  const text = "# Plan\n\n- [x] done\n- [ ] open\n\n| a |\n|---|\n| 1 |\n\n`df`";
  const { container } = render(<NoteText text={text} />);
  expect(screen.queryByRole("heading")).toBeNull();
  expect(screen.getByRole("checkbox", { name: "done" })).toBeChecked();
  expect(screen.getByRole("checkbox", { name: "to do" })).not.toBeChecked();
  expect(screen.getByRole("cell")).toHaveTextContent("1");
  expect(container.querySelector("code")).toHaveTextContent("df");
});

it("takes no HTML, loads nothing from elsewhere, and follows no link that runs", () => {
  const text =
    '<img src=x onerror="alert(1)"><script>alert(1)</script>\n\n![Who](http://elsewhere/p.png)\n\n[a](javascript:alert(1)) [b](https://example.org)';
  const { container } = render(<NoteText text={text} />);
  expect(container.querySelector("img, script, iframe")).toBeNull();
  expect(container.innerHTML).not.toContain("javascript:");
  expect(container).toHaveTextContent("Who");
  const link = screen.getByRole("link", { name: "b" });
  expect(link).toHaveAttribute("target", "_blank");
  expect(link).toHaveAttribute("rel", "noopener noreferrer");
});
