import { CanvasMenu } from "./canvas/CanvasMenu";
import { CommentDialog } from "./canvas/CommentDialog";
import { QuickAdd } from "./canvas/QuickAdd";
import { WireChooser } from "./canvas/WireChooser";
import { CommandPalette } from "./commands/CommandPalette";
import { ShortcutSheet } from "./commands/ShortcutSheet";
import { useOverlay } from "./overlays";

/** Whatever lies over the canvas now. */
export function Overlays() {
  const open = useOverlay((state) => state.open);
  switch (open?.kind) {
    case "commands":
      return <CommandPalette />;
    case "shortcuts":
      return <ShortcutSheet />;
    case "quick-add":
      return <QuickAdd {...open} />;
    case "wire":
      return <WireChooser {...open} />;
    case "menu":
      return <CanvasMenu {...open} />;
    case "comment":
      return <CommentDialog node={open.node} />;
    default:
      return null;
  }
}
