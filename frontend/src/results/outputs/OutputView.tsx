import type { Origin } from "../../api/artifacts";
import type { PortType } from "../../api/types";
import { TableView } from "../table/TableView";
import { BundleFiles } from "./BundleFiles";
import { DeviceView } from "./DeviceView";
import { FactsView } from "./FactsView";
import { DownloadLink, SaveButton, TableActions } from "./TableActions";
import classes from "./OutputView.module.css";

interface Props {
  artifact: string;
  type: PortType;
  label: string;
  /** Tells where it was left, for the lineage of what is saved from it. */
  origin?: (() => Origin | undefined) | undefined;
  /** Puts a query of the table on the canvas, where there is one. */
  onAddModule?: ((sql: string) => void) | undefined;
  onCompare?: (() => void) | undefined;
}

/** An output, drawn by its type. */
export function OutputView({ artifact, type, label, origin, onAddModule, onCompare }: Props) {
  switch (type) {
    case "table":
      return (
        <TableView
          artifactId={artifact}
          label={label}
          actions={<TableActions artifact={artifact} label={label} origin={origin} onCompare={onCompare} />}
          onAddModule={onAddModule}
        />
      );
    case "device":
      return <DeviceView artifact={artifact} label={label} />;
    case "bundle":
      return (
        <div className={classes.view}>
          <div className={classes.bar}>
            <SaveButton artifact={artifact} origin={origin} />
            <DownloadLink artifact={artifact} />
          </div>
          <BundleFiles artifact={artifact} />
        </div>
      );
    default:
      return (
        <div className={classes.view}>
          <div className={classes.bar}>
            <DownloadLink artifact={artifact} />
          </div>
          <FactsView artifact={artifact} />
        </div>
      );
  }
}
