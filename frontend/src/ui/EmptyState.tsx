import type { ReactNode } from "react";
import classes from "./EmptyState.module.css";

interface Props {
  icon?: ReactNode;
  title: string;
  /** What to do next, in a sentence. */
  children?: ReactNode;
  actions?: ReactNode;
}

/** Nothing here yet, and what to do about it. */
export function EmptyState({ icon, title, children, actions }: Props) {
  return (
    <div className={classes.empty}>
      {icon ? <div className={classes.icon}>{icon}</div> : null}
      <h2 className={classes.title}>{title}</h2>
      {children ? <p className={classes.text}>{children}</p> : null}
      {actions ? <div className={classes.actions}>{actions}</div> : null}
    </div>
  );
}
