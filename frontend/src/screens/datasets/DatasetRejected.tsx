import { Anchor } from "@mantine/core";
import { Link } from "react-router";
import type { Dataset } from "../../api/types";
import { plural } from "../../ui/words";
import classes from "./DatasetScreen.module.css";

/** Rows of the file that were set apart when it was read. */
export function DatasetRejected({ dataset: { rejected } }: { dataset: Dataset }) {
  if (!rejected) return null;
  const rows = `${plural(rejected.rows, "row")} of the file broke a rule and ${rejected.rows === 1 ? "was" : "were"} set aside`;
  return (
    <p className={classes.old}>
      {rows}
      {rejected.dataset ? (
        <>
          :{" "}
          <Anchor component={Link} to={`/datasets/${rejected.dataset}`} inherit>
            show them
          </Anchor>
        </>
      ) : (
        "; the dataset that held them is deleted"
      )}
      .
    </p>
  );
}
