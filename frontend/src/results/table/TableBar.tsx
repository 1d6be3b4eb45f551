import { SegmentedControl } from "@mantine/core";
import { IconChartHistogram, IconColumns3 } from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { Artifact, Column, RowFilter } from "../../api/types";
import { IconButton } from "../../ui/IconButton";
import { SearchBox } from "../../ui/SearchBox";
import { bytes, plural } from "../../ui/words";
import type { ShownColumn } from "./columnLayout";
import { FilterBar } from "./FilterBar";
import classes from "./TableView.module.css";
import { rowsText, usePassing } from "./passing";
import type { View } from "./usePages";
import { ViewMenu } from "./ViewMenu";

/** What is shown of a table. */
export type Face = "own" | "rows" | "charts";

interface Props {
  artifact: Artifact;
  columns: readonly Column[];
  shown: readonly ShownColumn[];
  view: View;
  onFilters: (filters: RowFilter[]) => void;
  making: string | null;
  onMake: (column: string | null) => void;
  search: string;
  onSearch: (text: string) => void;
  face: Face;
  onFace: (face: Face) => void;
  /** What the table's own picture is called, where it has one. */
  own: string | undefined;
  summaries: boolean;
  onSummaries: (on: boolean) => void;
  beside: boolean;
  onBeside: (on: boolean) => void;
  actions: ReactNode;
  onAddModule: ((sql: string) => void) | undefined;
}

/** A table's size, what is asked of its rows, and what can be done with them. */
export function TableBar(props: Props) {
  const { artifact, columns, shown, view, face, own, summaries, beside, onFace } = props;
  const passing = usePassing();
  return (
    <header className={classes.facts}>
      <SegmentedControl
        size="xs"
        aria-label="Rows or charts"
        data={[
          ...(own ? [{ value: "own", label: own }] : []),
          { value: "rows", label: "Rows" },
          { value: "charts", label: "Charts" },
        ]}
        value={face}
        onChange={(to) => onFace(to as Face)}
        disabled={columns.length === 0}
      />
      <span className={classes.size} role="status">
        {rowsText(passing)} × {plural(columns.length, "column")}
      </span>
      <span className={classes.bytes}>{bytes(artifact.bytes)}</span>
      {face === "own" ? null : (
        <>
          <FilterBar
            columns={columns}
            filters={view.filter}
            onChange={props.onFilters}
            making={props.making}
            onMake={props.onMake}
          />
          <ViewMenu
            artifact={artifact}
            columns={columns}
            shown={shown}
            view={view}
            onAddModule={props.onAddModule}
          />
        </>
      )}
      <div className={classes.actions}>
        {face === "own" ? null : (
          <div className={classes.search}>
            <SearchBox compact label="Search the rows" value={props.search} onChange={props.onSearch} />
          </div>
        )}
        {props.actions}
        {face !== "rows" ? null : (
          <>
            <IconButton
              label={summaries ? "Hide the shapes of the columns" : "Show the shapes of the columns"}
              aria-pressed={summaries}
              onClick={() => props.onSummaries(!summaries)}
            >
              <IconChartHistogram size={18} stroke={1.75} />
            </IconButton>
            <IconButton
              label={beside ? "Hide the column panel" : "Show the column panel"}
              aria-pressed={beside}
              onClick={() => props.onBeside(!beside)}
            >
              <IconColumns3 size={18} stroke={1.75} />
            </IconButton>
          </>
        )}
      </div>
    </header>
  );
}
