import { useState } from "react";
import { fireEvent, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { renderInApp } from "../testing/render";
import { confirmLoss } from "./confirm";
import { FilesButton } from "./FilesButton";
import { InlineRename } from "./InlineRename";
import { SearchBox } from "./SearchBox";

const write = (field: HTMLElement, value: string) => fireEvent.change(field, { target: { value } });

describe("SearchBox", () => {
  const Search = () => {
    const [value, set] = useState("");
    return <SearchBox label="Search experiments" value={value} onChange={set} />;
  };
  const box = () => screen.getByRole("searchbox", { name: "Search experiments" });

  it("is emptied by Escape, which then goes no further, and by its button", async () => {
    const user = userEvent.setup();
    const above = vi.fn();
    renderInApp(
      <div onKeyDown={above}>
        <Search />
      </div>,
    );
    expect(screen.queryByRole("button", { name: "Clear the search" })).not.toBeInTheDocument();
    write(box(), "wine");
    box().focus();
    await user.keyboard("{Escape}");
    expect(box()).toHaveValue("");
    expect(above).not.toHaveBeenCalled();
    await user.keyboard("{Escape}");
    expect(above).toHaveBeenCalledOnce();
    write(box(), "wine");
    await user.click(screen.getByRole("button", { name: "Clear the search" }));
    expect(box()).toHaveValue("");
  });
});

describe("InlineRename", () => {
  function renaming() {
    const onDone = vi.fn();
    renderInApp(
      <>
        <InlineRename label="Name of wine" name="wine" onDone={onDone} />
        <button type="button">elsewhere</button>
      </>,
    );
    return { onDone, user: userEvent.setup(), field: screen.getByRole("textbox", { name: "Name of wine" }) };
  }

  it.each([
    ["Enter keeps it", "beer", "{Enter}", "beer"],
    ["blanks around it are left out", "  beer ", "{Enter}", "beer"],
    ["Escape leaves the name", "beer", "{Escape}", null],
    ["an empty name changes nothing", " ", "{Enter}", null],
    ["the same name changes nothing", "wine", "{Enter}", null],
  ])("%s", async (_what, written, key, told) => {
    const { onDone, user, field } = renaming();
    expect(field).toHaveFocus();
    write(field, written);
    await user.keyboard(key);
    expect(onDone).toHaveBeenCalledExactlyOnceWith(told);
  });

  it("keeps the name when the focus goes elsewhere, once the focus is its own", async () => {
    const { onDone, user, field } = renaming();
    write(field, "beer");
    await vi.waitFor(async () => {
      field.focus();
      await user.click(screen.getByRole("button", { name: "elsewhere" }));
      expect(onDone).toHaveBeenCalledWith("beer");
    });
  });
});

it("FilesButton takes the same file twice", async () => {
  const user = userEvent.setup();
  const onFiles = vi.fn();
  const { container } = renderInApp(
    <FilesButton onFiles={onFiles}>{(props) => <button {...props}>Upload</button>}</FilesButton>,
  );
  const input = container.querySelector<HTMLInputElement>("input[type=file]");
  if (!input) throw new Error("there is no field for files");
  const file = new File(["a\n1"], "a.csv");
  for (const _ of [1, 2]) await user.upload(input, file);
  expect(onFiles.mock.calls).toEqual([[[file]], [[file]]]);
});

describe("confirmLoss", () => {
  async function asked() {
    const onConfirm = vi.fn();
    const Ask = () => (
      <button
        onClick={() =>
          confirmLoss({ title: "Delete wine?", children: "It is gone then.", verb: "Delete", onConfirm })
        }
      >
        ask
      </button>
    );
    renderInApp(<Ask />);
    const user = userEvent.setup();
    await user.click(screen.getByRole("button", { name: "ask" }));
    expect(await screen.findByRole("dialog", { name: "Delete wine?" })).toHaveTextContent("It is gone then.");
    return { onConfirm, user };
  }

  it("puts the focus on the safe answer", async () => {
    const { onConfirm, user } = await asked();
    await vi.waitFor(() => expect(screen.getByRole("button", { name: "Cancel" })).toHaveFocus());
    await user.keyboard("{Enter}");
    await vi.waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
    expect(onConfirm).not.toHaveBeenCalled();
  });

  it("does it where one says so", async () => {
    const { onConfirm, user } = await asked();
    await user.click(screen.getByRole("button", { name: "Delete" }));
    expect(onConfirm).toHaveBeenCalledOnce();
  });
});
