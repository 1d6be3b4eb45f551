import type { Preview } from "../../../api/review";
import { bytes } from "../../../ui/words";
import classes from "./Review.module.css";

/** What is in a zip. */
export function FirstFiles({ seen }: { seen: Preview }) {
  const entries = seen.entries ?? [];
  const more = (seen.count ?? 0) - entries.length;
  return (
    <div className={classes.rows} tabIndex={0} role="region" aria-label="Files in it">
      <table>
        <thead>
          <tr>
            <th scope="col">File</th>
            <th scope="col">Size</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={entry.name}>
              <td>{entry.name}</td>
              <td data-number>{bytes(entry.bytes)}</td>
            </tr>
          ))}
          {more > 0 ? (
            <tr>
              <td colSpan={2}>and {more} more</td>
            </tr>
          ) : null}
        </tbody>
      </table>
    </div>
  );
}
