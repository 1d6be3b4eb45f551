import { IconAdjustmentsHorizontal, IconLayoutBottombar, IconLayoutSidebar } from "@tabler/icons-react";
import classes from "./PanelBar.module.css";
import { isOpen, togglePanel, useLayout, type PanelName } from "./window/layout";

const PANELS: { name: PanelName; label: string; Icon: typeof IconLayoutSidebar }[] = [
  { name: "palette", label: "Modules", Icon: IconLayoutSidebar },
  { name: "properties", label: "Properties", Icon: IconAdjustmentsHorizontal },
  { name: "results", label: "Results", Icon: IconLayoutBottombar },
];

/** On a narrow screen, where panels lie over the canvas: one at a time, or none. */
export function PanelBar() {
  const layout = useLayout();
  return (
    <div className={classes.bar} role="group" aria-label="Panels">
      {PANELS.map(({ name, label, Icon }) => (
        <button
          key={name}
          type="button"
          className={classes.button}
          aria-pressed={isOpen(name)(layout)}
          onClick={() => togglePanel(name)}
        >
          <Icon size={16} stroke={1.75} aria-hidden />
          {label}
        </button>
      ))}
    </div>
  );
}
