import { Pagination } from "@mantine/core";
import { useState } from "react";
import classes from "./Pages.module.css";
import { count } from "./words";

const SIZE = 50;

/** One page of a list, and which. Stays in range when the list gets shorter. */
export function usePage<T>(items: readonly T[]) {
  const [wanted, go] = useState(1);
  const pages = Math.max(1, Math.ceil(items.length / SIZE));
  const page = Math.min(wanted, pages);
  const from = (page - 1) * SIZE;
  return { page, pages, go, from, total: items.length, shown: items.slice(from, from + SIZE) };
}

export function Pages({ page, pages, go, from, total, shown }: ReturnType<typeof usePage<unknown>>) {
  if (pages === 1) return null;
  return (
    <nav className={classes.pages} aria-label="Pages">
      <span>
        {count(from + 1)}–{count(from + shown.length)} of {count(total)}
      </span>
      <Pagination
        size="sm"
        total={pages}
        value={page}
        onChange={go}
        getItemProps={(number) => ({ "aria-label": `Page ${number}` })}
        getControlProps={(control) => ({ "aria-label": `${control} page` })}
      />
    </nav>
  );
}
