import { Skeleton } from "@mantine/core";
import classes from "./TableView.module.css";

/** Where rows will be. */
export const Lines = () => (
  <div className={classes.lines} aria-hidden>
    {Array.from({ length: 8 }, (_, index) => (
      <Skeleton key={index} height={10} width={`${92 - ((index * 7) % 20)}%`} />
    ))}
  </div>
);
