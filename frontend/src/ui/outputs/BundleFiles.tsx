import { useQuery } from "@tanstack/react-query";
import { artifactQuery } from "../../api/artifacts";
import { Loading } from "../Loading";
import { ProblemMessage } from "../ProblemMessage";
import { bytes, plural } from "../words";
import classes from "./BundleFiles.module.css";

/** What a zip holds. */
export function BundleFiles({ artifact }: { artifact: string }) {
  const bundle = useQuery(artifactQuery(artifact));
  if (bundle.isPending) return <Loading label="Loading the files…" />;
  if (!bundle.data) {
    return (
      <ProblemMessage
        title="Could not list the files"
        error={bundle.error}
        onRetry={() => void bundle.refetch()}
      />
    );
  }
  const entries = bundle.data.entries ?? [];
  const total = bundle.data.files ?? entries.length;
  return (
    // Focusable, so that keys can scroll it.
    <div className={classes.scroll} tabIndex={0} role="region" aria-label="Files">
      <table className={classes.table} aria-label="Files of the bundle">
        <thead>
          <tr>
            <th scope="col">{plural(total, "file")}</th>
            <th scope="col" data-align="right">
              Size
            </th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={entry.name}>
              <td className={classes.name}>{entry.name}</td>
              <td data-align="right">{bytes(entry.bytes)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {total > entries.length ? (
        <p className={classes.rest}>and {plural(total - entries.length, "more file")}.</p>
      ) : null}
    </div>
  );
}
