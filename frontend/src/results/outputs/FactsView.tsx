import { useQuery } from "@tanstack/react-query";
import { artifactQuery } from "../../api/artifacts";
import { Loading } from "../../ui/Loading";
import { ProblemMessage } from "../../ui/ProblemMessage";
import { bytes } from "../../ui/words";
import { ModelFacts } from "./ModelFacts";
import classes from "./OutputView.module.css";

/** A model or a transform: what it is, how large, and what is in it. */
export function FactsView({ artifact }: { artifact: string }) {
  const { data, error, isPending, refetch } = useQuery(artifactQuery(artifact));
  if (isPending) return <Loading label="Loading…" />;
  if (error) return <ProblemMessage title="Could not open it" error={error} onRetry={() => void refetch()} />;
  const { class_name, text, steps } = data as typeof data & { steps?: { module: string }[] };
  return (
    <div className={classes.facts} tabIndex={0} role="region" aria-label="Facts">
      <strong>{class_name ?? (steps?.map((step) => step.module).join(" → ") || data.type)}</strong> ·{" "}
      {bytes(data.bytes)}
      {text ? <pre>{text}</pre> : null}
      {steps ? <pre>{JSON.stringify(steps, null, 2)}</pre> : null}
      {data.type === "model" ? <ModelFacts artifact={artifact} /> : null}
    </div>
  );
}
