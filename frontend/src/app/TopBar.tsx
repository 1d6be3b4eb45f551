import { NavLink } from "react-router";
import type { Status } from "../api/types";
import { AccountMenu } from "./AccountMenu";
import { Mark } from "../ui/Mark";
import { ThemeSwitch } from "./ThemeSwitch";
import classes from "./TopBar.module.css";

export function TopBar({ status }: { status: Status | undefined }) {
  return (
    <header className={classes.bar}>
      <NavLink to="/" className={classes.brand} aria-label="Studio, home">
        <Mark />
        <span className={classes.word}>Studio</span>
      </NavLink>
      <nav aria-label="Main" className={classes.nav}>
        <NavLink to="/" end className={classes.link}>
          Experiments
        </NavLink>
        <NavLink to="/datasets" className={classes.link}>
          Datasets
        </NavLink>
        <NavLink to="/services" className={classes.link}>
          Services
        </NavLink>
      </nav>
      <div className={classes.end}>
        <ThemeSwitch />
        <AccountMenu status={status} />
      </div>
    </header>
  );
}
