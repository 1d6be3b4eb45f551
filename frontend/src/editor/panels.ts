/** What brings a code editor and a grid with them; they come after the canvas. */

import { lazy } from "react";

export const PropertiesPanel = lazy(async () => ({
  default: (await import("./properties/PropertiesPanel")).PropertiesPanel,
}));

export const ResultsPanel = lazy(async () => ({
  default: (await import("./results/ResultsPanel")).ResultsPanel,
}));

export const OpenedNode = lazy(async () => ({
  default: (await import("./opened/OpenedNode")).OpenedNode,
}));
