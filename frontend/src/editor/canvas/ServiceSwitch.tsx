import { SegmentedControl } from "@mantine/core";
import { openPanel } from "../window/layout";
import { closeServiceView, openServiceView, useServiceView } from "../window/serviceView";

const VIEWS = [
  { value: "experiment", label: "Experiment" },
  { value: "service", label: "Service" },
];

/** Shows the canvas as the experiment, or as the service that is made of it. */
export function ServiceSwitch() {
  const open = useServiceView((view) => view.open);
  return (
    <SegmentedControl
      size="xs"
      aria-label="Show the canvas as"
      data={VIEWS}
      value={open ? "service" : "experiment"}
      onChange={(view) => {
        if (view === "experiment") return closeServiceView();
        openServiceView();
        openPanel("properties");
      }}
    />
  );
}
