/** What brings a code editor and a grid with them; they come after the canvas. */

import { later } from "../ui/later";

export const PropertiesPanel = later(
  async () => (await import("./properties/PropertiesPanel")).PropertiesPanel,
);

export const ResultsPanel = later(async () => (await import("./results/ResultsPanel")).ResultsPanel);

export const OpenedNode = later(async () => (await import("./opened/OpenedNode")).OpenedNode);

export const ServicePanel = later(async () => (await import("./service/ServicePanel")).ServicePanel);
