import { MultiSelect, SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useParams, useSearchParams } from "react-router";
import { artifactQuery } from "../../api/artifacts";
import { compareQuery, type Shown } from "../../api/compare";
import type { Column } from "../../api/types";
import { Loading } from "../../ui/Loading";
import { ProblemMessage } from "../../ui/ProblemMessage";
import { useTitle } from "../../ui/useTitle";
import { count, plural } from "../../ui/words";
import { ColumnChanges } from "./ColumnChanges";
import classes from "./TablesScreen.module.css";
import { RowChanges } from "./RowChanges";

/** Two tables side by side: rows added, removed and changed, and how each column moved. */
export function TablesScreen() {
  const { old = "", new: other = "" } = useParams();
  const [search, setSearch] = useSearchParams();
  const [before, after] = [useQuery(artifactQuery(old)), useQuery(artifactQuery(other))];
  const names = { old: search.get("old") || "Old", new: search.get("new") || "New" };
  const key = search.getAll("key");
  useTitle(`${names.old} and ${names.new}`);
  const error = before.error ?? after.error;
  if (error) return <ProblemMessage title="Could not open the tables" error={error} />;
  if (!before.data || !after.data) return <Loading label="Opening the tables…" />;
  const shared = sharedColumns(before.data.columns ?? [], after.data.columns ?? []);
  return (
    <div className={classes.screen}>
      <header className={classes.head}>
        <h1 className={classes.title}>
          <span className={classes.old}>{names.old}</span> → <span className={classes.new}>{names.new}</span>
        </h1>
        <span className={classes.sizes}>
          {plural(before.data.rows ?? 0, "row")} → {plural(after.data.rows ?? 0, "row")}
        </span>
        <MultiSelect
          className={classes.key}
          label="Match rows by these columns"
          placeholder={key.length === 0 ? "By position; choose a key" : ""}
          data={shared}
          value={key}
          limit={200}
          searchable
          clearable
          onChange={(chosen) =>
            setSearch(
              (params) => {
                params.delete("key");
                for (const name of chosen) params.append("key", name);
                return params;
              },
              { replace: true },
            )
          }
        />
      </header>
      <Compared key={key.join("\n")} old={old} other={other} names={names} keys={key} />
    </div>
  );
}

interface ComparedProps {
  old: string;
  other: string;
  names: { old: string; new: string };
  keys: string[];
}

/** What differs between two tables: counts, then columns or rows. */
export function Compared({ old, other, names, keys }: ComparedProps) {
  const [chosen, choose] = useState<"columns" | Shown>("columns");
  const found = useQuery({
    ...compareQuery(old, other, { key: keys, limit: 0 }),
    placeholderData: undefined,
  });
  if (found.error) {
    return (
      <div className={classes.refused}>
        <ProblemMessage title="These cannot be compared this way" error={found.error} />
      </div>
    );
  }
  if (!found.data) return <Loading label="Comparing every row…" />;
  const { counts, columns } = found.data;
  return (
    <>
      <div className={classes.bar}>
        <SegmentedControl
          size="xs"
          aria-label="Changes to show"
          data={[
            { value: "columns", label: "Columns" },
            { value: "changed", label: `${count(counts.changed)} changed` },
            { value: "added", label: `${count(counts.added)} added` },
            { value: "removed", label: `${count(counts.removed)} removed` },
          ]}
          value={chosen}
          onChange={(to) => choose(to as typeof chosen)}
        />
        <span className={classes.same} role="status">
          {plural(counts.same, "row")} the same
        </span>
      </div>
      {chosen === "columns" ? (
        <ColumnChanges columns={columns} names={names} matched={counts.same + counts.changed} />
      ) : (
        <RowChanges key={chosen} old={old} other={other} keys={keys} show={chosen} />
      )}
    </>
  );
}

export const sharedColumns = (one: readonly Column[], other: readonly Column[]): string[] => {
  const names = new Set(other.map(({ name }) => name));
  return [...new Set(one.map(({ name }) => name))].filter((name) => names.has(name));
};
