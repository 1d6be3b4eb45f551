import { IconFlask } from "@tabler/icons-react";
import { IconButton } from "../../../../ui/IconButton";

/** Opens the pane in which the script is tried on a few rows. */
export function SampleButton({ pressed, onToggle }: { pressed: boolean; onToggle: () => void }) {
  return (
    <IconButton
      label="Try on a sample"
      size={24}
      aria-pressed={pressed}
      variant={pressed ? "light" : "subtle"}
      onClick={onToggle}
    >
      <IconFlask size={15} />
    </IconButton>
  );
}
