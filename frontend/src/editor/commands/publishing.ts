/** Verbs that make a web service of the experiment. */

import { IconApi } from "@tabler/icons-react";
import { openPanel } from "../window/layout";
import { closeServiceView, openServiceView, useServiceView } from "../window/serviceView";
import { latestRun } from "../run/nodeResult";
import type { Command } from "./command";

export const publishCommand: Command = {
  id: "set-up-service",
  label: () => (useServiceView.getState().open ? "Back to the experiment" : "Set up web service"),
  group: "Experiment",
  Icon: IconApi,
  enabled: () => useServiceView.getState().open || latestRun() !== null,
  needs: "Run the experiment first",
  run: () => {
    if (useServiceView.getState().open) return closeServiceView();
    openServiceView();
    openPanel("properties");
  },
};
