/** What the page says of values by their type. A file of the type's name in `views` draws them. */

import type { OutputEntry, PortType } from "../api/types";
import { bytes, plural } from "../ui/words";

interface WireType {
  /** What a person calls it; the type's own name if it is left out. */
  label?: string;
  /** What it holds, as a heading; the label if it is left out. */
  heading?: string;
  /** How much there is: "768 rows × 9 columns", "2 pictures"; bytes if it is left out. */
  size?(output: OutputEntry): string;
  /** Whether it can be kept as a dataset. */
  kept?: boolean;
}

const TYPES: Readonly<Partial<Record<PortType, WireType>>> = {
  table: {
    heading: "Rows",
    size: ({ rows, columns }) => `${plural(rows ?? 0, "row")} × ${plural(columns ?? 0, "column")}`,
    kept: true,
  },
  bundle: { label: "zip bundle", heading: "Files", kept: true },
  model: { heading: "Model", kept: true },
  transform: { label: "transformation", heading: "Transformation", kept: true },
  device: {
    label: "console and pictures",
    heading: "Pictures and text",
    size: ({ pictures, documents }) =>
      documents ? "report" : pictures ? plural(pictures, "picture") : "text",
  },
};

const of = (type: string): WireType => TYPES[type as PortType] ?? {};

export const typeName = (type: string): string => of(type).label ?? type;

/** What a page that shows one value calls its content. */
export const headingOf = (type: string): string => of(type).heading ?? typeName(type);

export const outputSize = (output: OutputEntry): string =>
  of(output.type).size?.(output) ?? bytes(output.bytes ?? 0);

/** Whether a value of this type can be kept as a dataset. */
export const canBeKept = (type: string | undefined): boolean => Boolean(type && of(type).kept);
