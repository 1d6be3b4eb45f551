import { IconRotate } from "@tabler/icons-react";
import type { ParamSpec } from "../../graph/types";
import { IconButton } from "../../ui/IconButton";
import classes from "./PropertiesPanel.module.css";

/** Back to the default, which it names. */
export function ResetParam({ param, onReset }: { param: ParamSpec; onReset(): void }) {
  return (
    <IconButton label={`Reset ${param.label}`} size={24} className={classes.reset ?? ""} onClick={onReset}>
      <IconRotate size={13} />
    </IconButton>
  );
}
