import type { ReactNode } from "react";
import { datasetTypeName } from "../../api/datasetTypes";
import type { Dataset } from "../../api/types";
import { When } from "../../ui/When";
import { bytes } from "../../ui/words";
import classes from "./DatasetScreen.module.css";
import { UsedByMenu } from "../../library/UsedByMenu";
import { Tip } from "../../ui/Tip";

/** What is known of a dataset's file, in one line. The table below tells its own size. */
export function DatasetFacts({ dataset }: { dataset: Dataset }) {
  const { sha256, used_by } = dataset;
  return (
    <dl className={classes.facts}>
      <Fact name="Type">{datasetTypeName(dataset.type)}</Fact>
      <Fact name="Size">{bytes(dataset.bytes)}</Fact>
      <Fact name="Created" shown>
        <When at={dataset.created} />
      </Fact>
      <Fact name="SHA-256" shown>
        <Tip label={sha256}>
          <span className={classes.hash}>{sha256.slice(0, 12)}…</span>
        </Tip>
      </Fact>
      {typeof used_by === "number" ? (
        <Fact name="Used by">
          <UsedByMenu dataset={dataset} />
        </Fact>
      ) : null}
    </dl>
  );
}

function Fact({ name, shown, children }: { name: string; shown?: boolean; children: ReactNode }) {
  return (
    <div>
      <dt data-shown={shown}>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
