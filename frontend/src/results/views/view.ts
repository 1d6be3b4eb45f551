/** How a value on a port is drawn: one file a type in this folder, named after it, exports `View`. */

import type { ComponentType } from "react";
import type { Origin } from "../../api/artifacts";
import type { OwnPicture } from "../table/OpenTable";

export interface ViewProps {
  artifact: string;
  label: string;
  /** Tells where it was left, for the lineage of what is saved from it. */
  origin?: (() => Origin | undefined) | undefined;
  /** Puts a query of the table on the canvas, where there is one. */
  onAddModule?: ((sql: string) => void) | undefined;
  onCompare?: (() => void) | undefined;
  /** The picture that the module gives a table, beside its rows. */
  picture?: OwnPicture | undefined;
}

export type View = ComponentType<ViewProps>;
