import { IconRulerMeasure } from "@tabler/icons-react";
import { IconButton } from "../../../../ui/IconButton";
import { toggleMargin, useMargin } from "../../../window/margin";

/** Whether each line shows what it made; runs that are started then keep it. */
export function MarginButton() {
  const shown = useMargin((state) => state.shown);
  return (
    <IconButton
      label="Show what each line made"
      size={24}
      aria-pressed={shown}
      variant={shown ? "light" : "subtle"}
      onClick={toggleMargin}
    >
      <IconRulerMeasure size={15} />
    </IconButton>
  );
}
