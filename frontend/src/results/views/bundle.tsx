import { BundleFiles } from "../outputs/BundleFiles";
import { DownloadLink, SaveButton } from "../outputs/TableActions";
import classes from "./views.module.css";
import type { ViewProps } from "./view";

export function View({ artifact, origin }: ViewProps) {
  return (
    <div className={classes.view}>
      <div className={classes.bar}>
        <SaveButton artifact={artifact} origin={origin} />
        <DownloadLink artifact={artifact} />
      </div>
      <BundleFiles artifact={artifact} />
    </div>
  );
}
