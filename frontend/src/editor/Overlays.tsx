import { Suspense } from "react";
import { CanvasMenu } from "./canvas/CanvasMenu";
import { CommentDialog } from "./canvas/CommentDialog";
import { QuickAdd } from "./canvas/QuickAdd";
import { WireChooser } from "./canvas/WireChooser";
import { CommandPalette } from "./commands/CommandPalette";
import { ExportDialog } from "./commands/ExportDialog";
import { KeySettings } from "./commands/KeySettings";
import { ShortcutSheet } from "./commands/ShortcutSheet";
import { useOverlay } from "./window/overlays";
import { InstallDialog } from "./own/InstallDialog";
import { OwnModuleDialog } from "./own/OwnModuleDialog";
import { TrustDialog } from "./own/TrustDialog";
import { OwnUpdateDialog } from "./OwnUpdateDialog";
import { OpenedNode } from "./panels";

/** Whatever lies over the canvas now. */
export function Overlays() {
  const open = useOverlay((state) => state.open);
  switch (open?.kind) {
    case "commands":
      return <CommandPalette />;
    case "shortcuts":
      return <ShortcutSheet />;
    case "keys":
      return <KeySettings />;
    case "export":
      return <ExportDialog />;
    case "quick-add":
      return <QuickAdd {...open} />;
    case "wire":
      return <WireChooser {...open} />;
    case "menu":
      return <CanvasMenu {...open} />;
    case "opened":
      return (
        <Suspense fallback={null}>
          <OpenedNode key={open.node} id={open.node} />
        </Suspense>
      );
    case "own-module":
      return <OwnModuleDialog asked={open} />;
    case "install-modules":
      return <InstallDialog found={open.found} />;
    case "trust-modules":
      return <TrustDialog />;
    case "own-update":
      return <OwnUpdateDialog node={open.node} />;
    case "comment":
      return <CommentDialog node={open.node} />;
    default:
      return null;
  }
}
