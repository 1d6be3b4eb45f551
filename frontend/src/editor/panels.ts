/** The two panels that bring an editor and a grid with them; they come after the canvas. */

import { lazy, type ComponentType } from "react";

type Loaded = Record<string, ComponentType>;
const found = import.meta.glob<Loaded>(["./properties/PropertiesPanel.tsx", "./results/ResultsPanel.tsx"]);
const panel = (path: string, name: string) =>
  lazy(async () => ({ default: (await found[path]?.())?.[name] ?? (() => null) }));

export const PropertiesPanel = panel("./properties/PropertiesPanel.tsx", "PropertiesPanel");
export const ResultsPanel = panel("./results/ResultsPanel.tsx", "ResultsPanel");
