import { Button, SegmentedControl } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { modelQuery, type ModelFacts } from "../../api/models";
import type { Artifact } from "../../api/types";
import { copyText } from "../../ui/copyText";
import { Loading } from "../../ui/Loading";
import { ProblemMessage } from "../../ui/ProblemMessage";
import { plural } from "../../ui/words";
import { metricText } from "../evaluation/Metrics";
import { Bars } from "./Bars";
import { cardMarkdown, cardRows, isOwn } from "./card";
import { ClustersView } from "./ClustersView";
import { CurveView } from "./CurveView";
import { Grid } from "./Grid";
import classes from "./Models.module.css";
import { TreeView } from "./TreeView";
import { TryView } from "./TryView";
import { Weights } from "./Weights";

type Face =
  "importances" | "weights" | "trees" | "clusters" | "centers" | "curve" | "try" | "features" | "parameters";

const LABELS: Record<Face, string> = {
  importances: "Importances",
  weights: "Weights",
  trees: "Trees",
  clusters: "Clusters",
  centers: "Centers",
  curve: "Training",
  try: "Try it",
  features: "Features",
  parameters: "Parameters",
};

/** What a model has to show. */
function facesOf(artifact: Artifact, facts: ModelFacts): Face[] {
  const has: Record<Face, boolean> = {
    importances: facts.features.some(({ weight }) => typeof weight === "number"),
    weights: facts.weights.length > 0,
    trees: facts.trees > 0,
    clusters: facts.centers.length > 0 && isOwn(artifact),
    centers: facts.centers.length > 0,
    curve: facts.curve !== null && facts.curve !== undefined,
    try: artifact.trained === true,
    features: (artifact.features ?? facts.features).length > 0,
    parameters: facts.params.length > 0,
  };
  return (Object.keys(has) as Face[]).filter((face) => has[face]);
}

/** A model: what it was trained on, and what it has learned. */
export function ModelView({ artifact, label }: { artifact: Artifact; label: string }) {
  const { data: facts, error, refetch } = useQuery(modelQuery(artifact.id));
  const [wanted, setWanted] = useState<Face | null>(null);
  const faces = facts ? facesOf(artifact, facts) : [];
  const face = wanted && faces.includes(wanted) ? wanted : faces[0];
  return (
    <div className={classes.view} tabIndex={0} role="region" aria-label={`Model on ${label}`}>
      <div className={classes.card}>
        <dl className={classes.cardRows}>
          {cardRows(artifact).map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        <Button
          size="compact-sm"
          variant="default"
          className={classes.copy ?? ""}
          onClick={() =>
            void copyText(cardMarkdown(artifact, facts)).then(() =>
              notifications.show({ message: "Copied the model's card as Markdown." }),
            )
          }
        >
          Copy the card
        </Button>
      </div>
      {artifact.libraries_now ? (
        <p className={classes.warned} role="note">
          This model was trained with other versions of {Object.keys(artifact.libraries_now).join(", ")} than
          are installed now, so that its scores may differ. <em>Train again</em> compares them.
        </p>
      ) : null}
      {error ? (
        <ProblemMessage title="The model could not be opened" error={error} onRetry={() => void refetch()} />
      ) : null}
      {!facts && !error ? <Loading label="Opening the model…" /> : null}
      {artifact.text && !isOwn(artifact) ? <pre className={classes.said}>{artifact.text}</pre> : null}
      {facts && face ? (
        <>
          {faces.length > 1 ? (
            <div className={classes.faces}>
              <SegmentedControl
                size="xs"
                aria-label="What is shown of the model"
                data={faces.map((value) => ({ value, label: LABELS[value] }))}
                value={face}
                onChange={(to) => setWanted(to as Face)}
              />
            </div>
          ) : null}
          <Shown face={face} artifact={artifact} facts={facts} />
        </>
      ) : null}
    </div>
  );
}

function Shown({ face, artifact, facts }: { face: Face; artifact: Artifact; facts: ModelFacts }) {
  switch (face) {
    case "importances":
      return (
        <Bars
          title="Importance of the features"
          xTitle="Share of all importance"
          bars={facts.features.flatMap(({ name, weight }) =>
            typeof weight === "number" ? [{ name, value: weight }] : [],
          )}
        />
      );
    case "weights":
      return <Weights facts={facts} />;
    case "trees":
      return <TreeView artifact={artifact.id} trees={facts.trees} />;
    case "clusters":
      return <ClustersView artifact={artifact.id} />;
    case "curve":
      return facts.curve ? <CurveView curve={facts.curve} /> : null;
    case "try":
      return <TryView artifact={artifact.id} />;
    case "centers":
      return (
        <Grid
          label="Centers of the clusters, in the units of the data"
          head={["Cluster", ...facts.center_columns]}
          rows={facts.centers.map((values, place) => [String(place), ...values.map(metricText)])}
        />
      );
    case "features":
      return (
        <Grid
          label={plural((artifact.features ?? facts.features).length, "feature")}
          head={["Feature", "Type", "Known values"]}
          rows={(
            artifact.features ?? facts.features.map(({ name }) => ({ name, type: "", levels: null }))
          ).map(({ name, type, levels }) => [name, type, levels ? levels.join(", ") : ""])}
        />
      );
    case "parameters":
      return (
        <Grid
          label={plural(facts.params.length, "parameter")}
          head={["Parameter", "Value"]}
          rows={facts.params}
        />
      );
  }
}
