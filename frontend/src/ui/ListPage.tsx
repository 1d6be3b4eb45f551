import type { ReactNode } from "react";
import classes from "./ListPage.module.css";

interface Props {
  title: string;
  /** How many there are, beside the title. */
  total?: number | undefined;
  tools?: ReactNode;
  children: ReactNode;
}

/** A screen that is a list: title and tools above, the list below. */
export function ListPage({ title, total, tools, children }: Props) {
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <h1 className={classes.title}>
          {title}
          {total ? <span className={classes.total}>{total}</span> : null}
        </h1>
        <div className={classes.tools}>{tools}</div>
      </header>
      {children}
    </div>
  );
}
