import { EmptyState } from "../../ui/EmptyState";
import { Loading } from "../../ui/Loading";
import { ProblemMessage } from "../../ui/ProblemMessage";
import { Bars, type Bar } from "./Bars";
import classes from "./Models.module.css";
import { numberOf, placeOf } from "./table";
import { useSmallTable } from "./useSmallTable";

/** How much worse the model gets when a feature is shuffled, with the spread over the repeats. */
export function ImportanceView({ artifact }: { artifact: string }) {
  const { data, error, refetch } = useSmallTable(artifact);
  if (error)
    return (
      <ProblemMessage title="Could not open the importances" error={error} onRetry={() => void refetch()} />
    );
  if (!data) return <Loading label="Opening the importances…" />;
  const [feature, score, deviation] = ["Feature", "Score", "Standard Deviation"].map((name) =>
    placeOf(data, name),
  );
  const bars = data.rows.flatMap((row): Bar[] => {
    const value = numberOf(row[score ?? -1]);
    return value === null
      ? []
      : [{ name: String(row[feature ?? -1]), value, deviation: numberOf(row[deviation ?? -1]) ?? 0 }];
  });
  if (bars.length === 0) return <EmptyState title="No features">No feature was measured.</EmptyState>;
  return (
    <div className={classes.view} tabIndex={0} role="group" aria-label="Importance">
      <Bars title="Importance of the features" xTitle="Loss of the metric when shuffled" bars={bars} />
    </div>
  );
}
