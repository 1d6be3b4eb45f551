import { Button, Skeleton } from "@mantine/core";
import { IconColumns3 } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { artifactQuery } from "../../api/artifacts";
import type { Artifact, Column } from "../../api/types";
import { EmptyState } from "../EmptyState";
import { IconButton } from "../IconButton";
import { ProblemMessage } from "../ProblemMessage";
import { bytes, count, plural } from "../words";
import { ColumnPanel } from "./ColumnPanel";
import { DataGrid } from "./DataGrid";
import { FilterBar } from "./FilterBar";
import classes from "./TableView.module.css";
import type { Cell } from "./useGridKeys";
import { useFirstPage, type View } from "./usePages";

interface Props {
  artifactId: string;
  /** What the table is called, for those who hear it. */
  label: string;
  /** Buttons at the right end of the line of facts. */
  actions?: ReactNode;
}

/** A table of any size: its facts, its rows, and what is in each column. */
export function TableView({ artifactId, label, actions }: Props) {
  const { data, error, isPending, refetch } = useQuery(artifactQuery(artifactId));
  if (error) {
    return (
      <div className={classes.refused}>
        <ProblemMessage title="Could not open the table" error={error} onRetry={() => void refetch()} />
      </div>
    );
  }
  if (isPending) return <Waiting />;
  return (
    <Opened key={data.id} artifact={data} columns={data.columns ?? []} label={label} actions={actions} />
  );
}

interface OpenedProps {
  artifact: Artifact;
  columns: readonly Column[];
  label: string;
  actions: ReactNode;
}

function Opened({ artifact, columns, label, actions }: OpenedProps) {
  const [view, setView] = useState<View>({ filter: [] });
  const [active, setActive] = useState<Cell | null>(null);
  const [beside, showBeside] = useState(true);
  const [making, make] = useState<string | null>(null);
  const first = useFirstPage(artifact.id, columns.length, view);
  const rows = artifact.rows ?? 0;
  const total = first.data?.total;

  const toggleSort = (name: string) =>
    setView(({ filter, sort }) => {
      if (sort === name) return { filter, sort: `-${name}` };
      return sort === `-${name}` ? { filter } : { filter, sort: name };
    });

  return (
    <section className={classes.view} aria-label={label}>
      <header className={classes.facts}>
        <span className={classes.size}>
          {view.filter.length > 0 && total !== undefined ? `${count(total)} of ` : ""}
          {plural(rows, "row")} × {plural(columns.length, "column")}
        </span>
        <span className={classes.bytes}>{bytes(artifact.bytes)}</span>
        <FilterBar
          columns={columns}
          filters={view.filter}
          onChange={(filter) => setView((old) => ({ ...old, filter }))}
          making={making}
          onMake={make}
        />
        <div className={classes.actions}>
          {actions}
          <IconButton
            label={beside ? "Hide the column panel" : "Show the column panel"}
            aria-pressed={beside}
            onClick={() => showBeside(!beside)}
          >
            <IconColumns3 size={18} stroke={1.75} />
          </IconButton>
        </div>
      </header>
      <div className={classes.main}>
        <div className={classes.grid}>
          {columns.length === 0 ? (
            <EmptyState title="An empty table">It has no columns, and so no rows to look at.</EmptyState>
          ) : first.error ? (
            <div className={classes.refused}>
              <ProblemMessage
                title="Could not load the rows"
                error={first.error}
                onRetry={() => void first.refetch()}
              />
            </div>
          ) : first.isPending ? (
            <Lines />
          ) : (
            <>
              <DataGrid
                label={`Rows of ${label}`}
                artifact={artifact.id}
                columns={columns}
                view={view}
                first={first}
                active={active}
                onActive={setActive}
                onSort={toggleSort}
              />
              {total === 0 ? (
                <Nothing filtered={view.filter.length > 0} onClear={() => setView({ ...view, filter: [] })} />
              ) : null}
            </>
          )}
        </div>
        {beside && columns.length > 0 ? (
          <ColumnPanel
            artifact={artifact.id}
            columns={columns}
            selected={active?.column}
            onSelect={(column) => setActive(column === undefined ? null : { row: -1, column })}
            onFilter={make}
          />
        ) : null}
      </div>
    </section>
  );
}

function Nothing({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  return (
    <div className={classes.nothing}>
      {filtered ? "No row passes the filters." : "The table has columns, but no rows."}
      {filtered ? (
        <Button variant="default" size="compact-sm" onClick={onClear}>
          Clear the filters
        </Button>
      ) : null}
    </div>
  );
}

const Waiting = () => (
  <div className={classes.view} role="status" aria-label="Opening the table">
    <div className={classes.facts}>
      <Skeleton height={12} width={180} />
    </div>
    <Lines />
  </div>
);

const Lines = () => (
  <div className={classes.lines} aria-hidden>
    {Array.from({ length: 8 }, (_, index) => (
      <Skeleton key={index} height={10} width={`${92 - ((index * 7) % 20)}%`} />
    ))}
  </div>
);
