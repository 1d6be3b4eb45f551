/** How each port type is called and drawn. */

const NAMES: Record<string, string> = {
  table: "table",
  bundle: "zip bundle",
  device: "console and pictures",
  model: "model",
  transform: "transform",
};

export const typeName = (type: string): string => NAMES[type] ?? type;

/** Ports are spread over the edge of a node; one sits in the middle. */
export const portPlace = (index: number, total: number): number => ((index + 1) * 100) / (total + 1);
