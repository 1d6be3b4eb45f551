import type { PortType } from "../../api/types";
import { View as Other } from "./other";
import type { View, ViewProps } from "./view";

const VIEWS = import.meta.glob<View>("./[a-z]*.tsx", { eager: true, import: "View" });

/** An output, drawn by the file of its type's name; one without such a file is told as facts. */
export function OutputView({ type, ...props }: ViewProps & { type: PortType }) {
  const View = VIEWS[`./${type}.tsx`] ?? Other;
  return <View {...props} />;
}
