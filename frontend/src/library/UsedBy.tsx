import { modals } from "@mantine/modals";
import { Link } from "react-router";
import type { DatasetUse } from "../api/datasets";
import classes from "./UsedBy.module.css";

/** The experiments that use a dataset, each a link that closes the question it stands in. */
export function UsedBy({ experiments }: { experiments: readonly DatasetUse[] }) {
  return (
    <ul className={classes.list}>
      {experiments.map(({ id, name, pinned }) => (
        <li key={id}>
          <Link to={`/experiments/${id}`} className={classes.link} onClick={() => modals.closeAll()}>
            {name}
          </Link>
          <span className={classes.note}>{pinned ? "stays at this version" : "follows the latest"}</span>
        </li>
      ))}
    </ul>
  );
}
