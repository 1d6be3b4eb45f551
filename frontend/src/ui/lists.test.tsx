import { act, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { problemFrom } from "../api/problem";
import { renderInApp } from "../testing/render";
import { EmptyState } from "./EmptyState";
import { IconButton } from "./IconButton";
import { ListTable, type ListColumn } from "./ListTable";
import { Loading } from "./Loading";
import { Pages, usePage } from "./Pages";
import { ProblemMessage } from "./ProblemMessage";
import { StateBadge } from "./StateBadge";
import { TextDiff } from "./TextDiff";
import { sorted, useOrder } from "./useOrder";
import { useSelection } from "./useSelection";
import { When } from "./When";

afterEach(() => void vi.useRealTimers());

interface Thing {
  id: string;
  name: string;
  rows: number;
}

const THINGS: Thing[] = [
  { id: "1", name: "wine", rows: 20 },
  { id: "2", name: "beer", rows: 3 },
  { id: "3", name: "cider", rows: 100 },
];

describe("ListTable", () => {
  const columns: ListColumn<Thing, "name" | "rows">[] = [
    { key: "name", label: "Name", sortable: true, cell: (thing) => thing.name },
    { key: "rows", label: "Rows", sortable: true, align: "right", cell: (thing) => String(thing.rows) },
  ];

  function Things() {
    const order = useOrder<"name" | "rows">("name", false);
    const items = sorted(THINGS, (thing) => thing[order.by], order.descending);
    const selection = useSelection(items);
    return <ListTable label="Things" columns={columns} items={items} order={order} selection={selection} />;
  }
  const names = () =>
    within(screen.getByRole("table", { name: "Things" }))
      .getAllByRole("row")
      .slice(1)
      .map((row) => within(row).getAllByRole("cell")[1]?.textContent);

  it("is sorted by its heads, by keyboard too, and says so", async () => {
    const user = userEvent.setup();
    renderInApp(<Things />);
    expect(names()).toEqual(["beer", "cider", "wine"]);
    const rows = screen.getByRole("columnheader", { name: "Rows" });
    expect(rows).not.toHaveAttribute("aria-sort");
    within(rows).getByRole("button").focus();
    await user.keyboard("{Enter}");
    const once = rows.getAttribute("aria-sort");
    await user.keyboard(" ");
    expect(new Set([once, rows.getAttribute("aria-sort")])).toEqual(new Set(["ascending", "descending"]));
    expect(names()).toEqual(once === "ascending" ? ["cider", "wine", "beer"] : ["beer", "wine", "cider"]);
    expect(screen.getByRole("columnheader", { name: "Name" })).not.toHaveAttribute("aria-sort");
  });

  it("selects one row or all, and shows that some are", async () => {
    const user = userEvent.setup();
    renderInApp(<Things />);
    const all = screen.getByRole<HTMLInputElement>("checkbox", { name: "Select all things on this page" });
    await user.click(screen.getByRole("checkbox", { name: "Select beer" }));
    expect([all.checked, all.indeterminate]).toEqual([false, true]);
    await user.click(all);
    expect([all.checked, all.indeterminate]).toEqual([true, false]);
    for (const box of screen.getAllByRole("checkbox")) expect(box).toBeChecked();
    await user.click(all);
    for (const box of screen.getAllByRole("checkbox")) expect(box).not.toBeChecked();
  });
});

describe("Pages", () => {
  function Numbers({ count }: { count: number }) {
    const page = usePage(Array.from({ length: count }, (_, at) => at + 1));
    return (
      <>
        <output>{page.shown.join(" ")}</output>
        <Pages {...page} />
      </>
    );
  }

  it("shows a part, and leads to the others", async () => {
    const user = userEvent.setup();
    renderInApp(<Numbers count={120} />);
    const pages = screen.getByRole("navigation", { name: "Pages" });
    expect(pages).toHaveTextContent("1–50 of 120");
    await user.click(within(pages).getByRole("button", { name: "Page 3" }));
    expect(pages).toHaveTextContent("101–120 of 120");
    expect(screen.getByRole("status")).toHaveTextContent(/^101 .* 120$/);
  });

  it("is not there where one page holds all", () => {
    renderInApp(<Numbers count={50} />);
    expect(screen.queryByRole("navigation")).not.toBeInTheDocument();
  });
});

describe("ProblemMessage", () => {
  it("says what was tried, why it was refused and where, and tries again", async () => {
    const onRetry = vi.fn();
    const errors = Array.from({ length: 10 }, (_, at) => ({
      loc: [],
      code: "wrong",
      message: `field ${at} is wrong`,
    }));
    const problem = problemFrom(422, { title: "Refused", status: 422, detail: "2 fields of `a`", errors });
    renderInApp(<ProblemMessage error={problem} title="Could not save" onRetry={onRetry} />);
    const alert = screen.getByRole("alert");
    expect(alert).toHaveTextContent("Could not save");
    expect(alert).toHaveTextContent("2 fields of a");
    expect(within(alert).getAllByRole("listitem")).toHaveLength(8);
    within(alert).getByRole("button", { name: "Try again" }).focus();
    await userEvent.keyboard("{Enter}");
    expect(onRetry).toHaveBeenCalledOnce();
  });

  it("says of anything else what it is, without a way to try again", () => {
    renderInApp(<ProblemMessage error={new Error("no network")} />);
    expect(screen.getByRole("alert")).toHaveTextContent("Something went wrongno network");
    expect(screen.queryByRole("button")).not.toBeInTheDocument();
  });
});

describe("what says how things are", () => {
  it.each(["queued", "running", "finished", "failed", "cancelled", "skipped"] as const)(
    "StateBadge tells %s in a word",
    (state) => {
      renderInApp(<StateBadge state={state} detail="2 s" />);
      expect(screen.getByText(new RegExp(`^${state}$`, "i"))).toHaveTextContent("2 s");
    },
  );

  it("EmptyState says what to do, below a heading of its level", () => {
    renderInApp(
      <EmptyState title="No datasets" level={1} actions={<button>Upload</button>}>
        Drop a file here.
      </EmptyState>,
    );
    expect(screen.getByRole("heading", { level: 1, name: "No datasets" })).toBeInTheDocument();
    expect(screen.getByText("Drop a file here.")).toBeInTheDocument();
    expect(screen.getByRole("button", { name: "Upload" })).toBeInTheDocument();
  });

  it("Loading says so only after a moment", () => {
    vi.useFakeTimers();
    renderInApp(<Loading label="Loading rows…" />);
    expect(screen.getByRole("status")).toBeEmptyDOMElement();
    act(() => void vi.advanceTimersByTime(200));
    expect(screen.getByRole("status")).toHaveTextContent("Loading rows…");
  });

  it("When tells a time that has passed, and the exact one to machines", () => {
    vi.useFakeTimers({ now: new Date("2026-01-02T03:05:00Z") });
    renderInApp(<When at="2026-01-02T03:00:00Z" />);
    const time = screen.getByText("5 minutes ago");
    expect(time).toHaveAttribute("datetime", "2026-01-02T03:00:00Z");
    act(() => void vi.advanceTimersByTime(60_000));
    expect(time).toHaveTextContent("6 minutes ago");
  });

  it("IconButton is called what its tooltip says", async () => {
    const user = userEvent.setup();
    renderInApp(
      <IconButton label="Undo" shortcut="Ctrl+Z">
        x
      </IconButton>,
    );
    await user.tab();
    expect(screen.getByRole("button", { name: "Undo" })).toHaveFocus();
  });

  it("TextDiff tells lines that came and went by signs, not by color alone", () => {
    renderInApp(<TextDiff label="Script" before={"a\nb\nc"} after={"a\nB\nc"} />);
    const text = screen.getByLabelText("Script, line by line");
    expect(text).toHaveTextContent(/− b/);
    expect(text).toHaveTextContent(/\+ B/);
    expect(text).toHaveAttribute("tabindex", "0");
  });
});
