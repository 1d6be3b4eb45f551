/** The glyph of a module, and the group that tints it. */

import {
  IconAbacus,
  IconAlertHexagon,
  IconArrowsJoin,
  IconArrowsSplit2,
  IconBolt,
  IconBrain,
  IconBrandPython,
  IconBrush,
  IconCategory2,
  IconChartBar,
  IconChartHistogram,
  IconCirclesRelation,
  IconColumnInsertRight,
  IconColumns3,
  IconCopyOff,
  IconDatabase,
  IconFileExport,
  IconFileText,
  IconFileTypeCsv,
  IconGauge,
  IconKeyboard,
  IconLayoutColumns,
  IconLayoutGrid,
  IconLayoutRows,
  IconLetterR,
  IconPackage,
  IconPlug,
  IconPresentation,
  IconPuzzle,
  IconReportAnalytics,
  IconRowInsertBottom,
  IconSql,
  IconTableImport,
  IconStack2,
  IconTags,
  IconTargetArrow,
  IconTextRecognition,
  IconTimeline,
  IconTransform,
  IconTrendingUp,
  IconWand,
  IconWaveSine,
  IconWorldDownload,
  IconWorldUpload,
  IconZip,
  type Icon,
} from "@tabler/icons-react";
import { OWN } from "../../graph/own/definition";

/** Each has its color in tokens.css, as `data-group`. */
export type Group =
  "data" | "convert" | "transform" | "script" | "model" | "statistics" | "service" | "other";

export interface Look {
  Icon: Icon;
  group: Group;
}

/** A module's own; a test asks for one of each. */
const GLYPHS: Record<string, Icon> = {
  "add-columns": IconColumnInsertRight,
  "add-rows": IconRowInsertBottom,
  "apply-sql-transformation": IconSql,
  "apply-transformation": IconWand,
  "clean-missing-data": IconBrush,
  "convert-to-csv": IconFileTypeCsv,
  dataset: IconDatabase,
  "edit-metadata": IconTags,
  "enter-data-manually": IconKeyboard,
  "execute-python-script": IconBrandPython,
  "execute-r-script": IconLetterR,
  "join-data": IconArrowsJoin,
  plot: IconChartBar,
  "remove-duplicate-rows": IconCopyOff,
  report: IconFileText,
  "select-columns-in-dataset": IconColumns3,
  "split-data": IconArrowsSplit2,
  "summarize-data": IconReportAnalytics,
  "unpack-zipped-datasets": IconZip,
  "web-service-input": IconWorldDownload,
  "web-service-output": IconWorldUpload,
};

const GROUPS: [RegExp, Look][] = [
  [/python|\bR\b/i, { Icon: IconPuzzle, group: "script" }],
  [/format conversion/i, { Icon: IconFileExport, group: "convert" }],
  [/web service/i, { Icon: IconPlug, group: "service" }],
  [/input/i, { Icon: IconTableImport, group: "data" }],
  [/transformation: rows/i, { Icon: IconLayoutRows, group: "transform" }],
  [/transformation: columns/i, { Icon: IconLayoutColumns, group: "transform" }],
  [/transformation: shape/i, { Icon: IconLayoutGrid, group: "transform" }],
  [/transformation: filter/i, { Icon: IconWaveSine, group: "transform" }],
  [/learning with counts/i, { Icon: IconAbacus, group: "transform" }],
  [/transformation/i, { Icon: IconTransform, group: "transform" }],
  [/feature selection/i, { Icon: IconTargetArrow, group: "transform" }],
  [/learning: classification/i, { Icon: IconCategory2, group: "model" }],
  [/learning: regression/i, { Icon: IconTrendingUp, group: "model" }],
  [/learning: clustering/i, { Icon: IconCirclesRelation, group: "model" }],
  [/learning: anomaly/i, { Icon: IconAlertHexagon, group: "model" }],
  [/learning: score/i, { Icon: IconBolt, group: "model" }],
  [/learning: evaluate/i, { Icon: IconGauge, group: "model" }],
  [/machine learning/i, { Icon: IconBrain, group: "model" }],
  [/^text/i, { Icon: IconTextRecognition, group: "model" }],
  [/^time series/i, { Icon: IconTimeline, group: "statistics" }],
  [/^show/i, { Icon: IconPresentation, group: "statistics" }],
  [/statistic/i, { Icon: IconChartHistogram, group: "statistics" }],
];

/** What an own module may choose from. */
export const GLYPH_NAMES: readonly string[] = Object.keys(GLYPHS);

const OWN_LOOK: Look = { Icon: IconStack2, group: "other" };

const UNKNOWN: Look = { Icon: IconPuzzle, group: "other" };

export const groupLook = (category = ""): Look =>
  GROUPS.find(([pattern]) => pattern.test(category))?.[1] ?? UNKNOWN;

/** The module as far as this server knows it; a node may have one that is not there. */
export function moduleLook(
  slug: string,
  module?: { category: string; reference: string | null; icon?: string },
): Look {
  const group = slug.startsWith(OWN) ? OWN_LOOK : groupLook(module?.category);
  const name = module?.icon ?? slug;
  const glyph = Object.hasOwn(GLYPHS, name) ? GLYPHS[name] : undefined;
  return { Icon: glyph ?? group.Icon, group: module?.reference ? "data" : group.group };
}

export const datasetLook = (kind?: string | null): Look => ({
  Icon: kind === "bundle" ? IconPackage : IconDatabase,
  group: "data",
});
