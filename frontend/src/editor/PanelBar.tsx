import { IconAdjustmentsHorizontal, IconLayoutSidebar } from "@tabler/icons-react";
import classes from "./PanelBar.module.css";
import { showOnly, useLayout, type PanelName } from "./layout";

const SIDES: { name: PanelName; label: string; Icon: typeof IconLayoutSidebar }[] = [
  { name: "palette", label: "Modules", Icon: IconLayoutSidebar },
  { name: "properties", label: "Properties", Icon: IconAdjustmentsHorizontal },
];

/** On a narrow screen, where panels lie over the canvas: one at a time, or none. */
export function PanelBar() {
  const layout = useLayout();
  return (
    <div className={classes.bar} role="group" aria-label="Panels">
      {SIDES.map(({ name, label, Icon }) => (
        <button
          key={name}
          type="button"
          className={classes.button}
          aria-pressed={layout[name].open}
          onClick={() => showOnly(layout[name].open ? null : name)}
        >
          <Icon size={16} stroke={1.75} aria-hidden />
          {label}
        </button>
      ))}
    </div>
  );
}
