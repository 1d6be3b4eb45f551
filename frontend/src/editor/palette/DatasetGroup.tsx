import { Link } from "react-router";
import { widthOf } from "../../api/datasets";
import type { Dataset } from "../../api/types";
import { plural } from "../../ui/words";
import { useCatalog } from "../store/catalog";
import { datasetLook } from "../flow/moduleLook";
import classes from "./Palette.module.css";
import { PaletteEntry } from "./PaletteEntry";
import { PaletteGroup } from "./PaletteGroup";

interface Props {
  datasets: Dataset[];
  forceOpen: boolean;
  /** The name of what Enter in the search adds. */
  first: string | undefined;
}

/** The datasets, as entries to drag. */
export function DatasetGroup({ datasets, forceOpen, first }: Props) {
  const catalog = useCatalog();
  return (
    <PaletteGroup name="Datasets" count={datasets.length} forceOpen={forceOpen} group="data">
      {datasets.map((dataset) => (
        <PaletteEntry
          key={dataset.id}
          name={dataset.name}
          dragged={catalog.reference(dataset.name)}
          {...datasetLook(dataset.kind)}
          summary={
            dataset.rows === null
              ? `Version ${dataset.version}`
              : `${plural(dataset.rows, "row")}, ${plural(widthOf(dataset), "column")}`
          }
          first={dataset.name === first}
        />
      ))}
      {datasets.length === 0 ? (
        <p className={classes.none}>
          None yet. <Link to="/datasets">Upload a file</Link>, or drop one anywhere on the page.
        </p>
      ) : null}
    </PaletteGroup>
  );
}
