import type { ReactNode } from "react";
import classes from "./ListPage.module.css";

interface Props {
  title: string;
  /** How many there are, beside the title. */
  total?: number | undefined;
  /** How many of them are listed, while a search leaves some out. */
  shown?: number | undefined;
  tools?: ReactNode;
  children: ReactNode;
}

/** A screen that is a list: title and tools above, the list below. */
export function ListPage({ title, total, shown = total, tools, children }: Props) {
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <h1 className={classes.title}>
          {title}
          {total ? (
            <span className={classes.total}>{shown === total ? total : `${shown} of ${total}`}</span>
          ) : null}
        </h1>
        <div className={classes.tools}>{tools}</div>
      </header>
      {children}
    </div>
  );
}
