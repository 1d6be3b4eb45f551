import { Button } from "@mantine/core";
import type { ComponentProps } from "react";
import { EmptyState } from "../../ui/EmptyState";
import { ProblemMessage } from "../../ui/ProblemMessage";
import { DataGrid } from "./DataGrid";
import { Lines } from "./Lines";
import classes from "./TableView.module.css";

interface Props extends ComponentProps<typeof DataGrid> {
  onClear: () => void;
  onShowAll: () => void;
}

/** The rows, or why there are none to see. */
export function TableRows({ onClear, onShowAll, ...grid }: Props) {
  const { first, shown, view } = grid;
  if (first.error) {
    return (
      <div className={classes.refused}>
        <ProblemMessage
          title="Could not load the rows"
          error={first.error}
          onRetry={() => void first.refetch()}
        />
      </div>
    );
  }
  if (first.isPending) return <Lines />;
  if (shown.length === 0) {
    return (
      <EmptyState title="Every column is hidden" actions={<Button onClick={onShowAll}>Show all</Button>}>
        The rows are still there.
      </EmptyState>
    );
  }
  const filtered = view.filter.length > 0 || view.search !== undefined;
  return (
    <>
      <DataGrid {...grid} />
      {first.data?.total === 0 ? (
        <div className={classes.nothing}>
          {filtered ? "No row matches the filters and the search." : "The table has columns, but no rows."}
          {filtered ? (
            <Button variant="default" size="compact-sm" onClick={onClear}>
              Clear them
            </Button>
          ) : null}
        </div>
      ) : null}
    </>
  );
}
