/** The icon of a module and the tint of its group. */

import {
  IconApi,
  IconBrain,
  IconBrandPython,
  IconChartHistogram,
  IconDatabase,
  IconFileExport,
  IconFileText,
  IconLetterR,
  IconPackage,
  IconPuzzle,
  IconSql,
  IconTable,
  IconTransform,
  type Icon,
} from "@tabler/icons-react";

export interface Look {
  Icon: Icon;
  hue: "blue" | "green" | "violet" | "amber" | "teal" | "pink" | "gray";
}

const BY_MODULE: Record<string, Look> = {
  dataset: { Icon: IconDatabase, hue: "blue" },
  "enter-data-manually": { Icon: IconTable, hue: "blue" },
  "apply-sql-transformation": { Icon: IconSql, hue: "teal" },
  "unpack-zipped-datasets": { Icon: IconPackage, hue: "amber" },
};

const BY_GROUP: [RegExp, Look][] = [
  [/python/i, { Icon: IconBrandPython, hue: "violet" }],
  [/\bR\b/, { Icon: IconLetterR, hue: "violet" }],
  [/format conversion/i, { Icon: IconFileExport, hue: "amber" }],
  [/input/i, { Icon: IconDatabase, hue: "blue" }],
  [/transformation/i, { Icon: IconTransform, hue: "teal" }],
  [/machine learning/i, { Icon: IconBrain, hue: "green" }],
  [/statistic/i, { Icon: IconChartHistogram, hue: "green" }],
  [/web service/i, { Icon: IconApi, hue: "pink" }],
  [/file/i, { Icon: IconFileText, hue: "amber" }],
];

const UNKNOWN: Look = { Icon: IconPuzzle, hue: "gray" };

export const moduleLook = (slug: string, category = ""): Look =>
  BY_MODULE[slug] ?? BY_GROUP.find(([pattern]) => pattern.test(category))?.[1] ?? UNKNOWN;
