/** The card of a model, as rows and as Markdown. Pure. */

import type { ModelFacts } from "../../api/models";
import type { Artifact } from "../../api/types";

const TASKS: Readonly<Record<string, string>> = {
  "two-class": "tells two classes apart",
  multiclass: "tells several classes apart",
  regression: "predicts numbers",
  quantile: "predicts quantiles of numbers",
  ordinal: "predicts ranks",
  clustering: "finds clusters",
  anomaly: "finds what is odd",
};

const count = (n: number): string => new Intl.NumberFormat("en").format(n);
const present = (value: unknown): boolean => value !== null && value !== undefined;

const OWN = /^[a-z0-9-]+$/;

/** Whether one of Studio's learners made the model: its learner is a slug, and its text that learner's name. */
export const isOwn = ({ learner }: Artifact): boolean => OWN.test(learner ?? "");

const learnerName = (model: Artifact): string | null | undefined =>
  isOwn(model) ? model.text || model.learner : model.learner || model.class_name;

export function cardRows(model: Artifact): [string, string][] {
  const rows: [string, unknown][] = [
    ["Learner", learnerName(model)],
    ["Task", model.task ? (TASKS[model.task] ?? null) : null],
    ["State", present(model.trained) ? (model.trained ? "trained" : "not trained yet") : null],
    ["Label", model.label],
    ["Positive class", present(model.positive_class) ? String(model.positive_class) : null],
    ["Threshold", model.threshold],
    ["Classes", model.classes && model.classes.length > 0 ? model.classes.map(String).join(", ") : null],
    ["Trained on", present(model.rows) && model.trained ? `${count(model.rows ?? 0)} rows` : null],
    ["Features", model.features && model.features.length > 0 ? count(model.features.length) : null],
    [
      "Libraries",
      model.libraries && Object.keys(model.libraries).length > 0
        ? Object.entries(model.libraries)
            .map(([name, version]) => `${name} ${version}`)
            .join(", ")
        : null,
    ],
    [
      "Libraries now",
      model.libraries_now
        ? Object.entries(model.libraries_now)
            .map(([name, now]) => `${name} ${now}`)
            .join(", ")
        : null,
    ],
  ];
  return rows.flatMap(([name, value]): [string, string][] => (present(value) ? [[name, String(value)]] : []));
}

const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("\n", " ");
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string[] => [
  `| ${head.join(" | ")} |`,
  `| ${head.map(() => "---").join(" | ")} |`,
  ...rows.map((row) => `| ${row.map(cell).join(" | ")} |`),
];

/** The card for a README or a review. */
export function cardMarkdown(model: Artifact, facts: ModelFacts | undefined): string {
  const important = (facts?.features ?? []).filter(({ weight }) => typeof weight === "number").slice(0, 20);
  return [
    `# ${learnerName(model) ?? "Model"}`,
    "",
    ...table(["", ""], cardRows(model)),
    ...(facts && facts.params.length > 0
      ? ["", "## Parameters", "", ...table(["Parameter", "Value"], facts.params)]
      : []),
    ...(model.features && model.features.length > 0
      ? [
          "",
          "## Features",
          "",
          ...table(
            ["Feature", "Type"],
            model.features.map(({ name, type }) => [name, type]),
          ),
        ]
      : []),
    ...(important.length > 0
      ? [
          "",
          "## Importances",
          "",
          ...table(
            ["Feature", "Share"],
            important.map(({ name, weight }) => [name, (weight ?? 0).toFixed(4)]),
          ),
        ]
      : []),
    "",
  ].join("\n");
}
