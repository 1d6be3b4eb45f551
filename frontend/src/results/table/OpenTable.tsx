import { useDebouncedValue, useLocalStorage } from "@mantine/hooks";
import { Suspense, useContext, useMemo, useState, type ReactNode } from "react";
import type { Artifact, Column, RowFilter, RowOrder } from "../../api/types";
import { EmptyState } from "../../ui/EmptyState";
import { later } from "../../ui/later";
import { Loading } from "../../ui/Loading";
import { hide, moveBy, moveTo, PLAIN, show, shownColumns, togglePin } from "./columnLayout";
import { ColumnMenu } from "./ColumnMenu";
import { ColumnPanel } from "./ColumnPanel";
import { NarrowTables } from "./narrow";
import { PassingContext, type PassingRows } from "./passing";
import { TableBar } from "./TableBar";
import { TableRows } from "./TableRows";
import classes from "./TableView.module.css";
import type { Cell } from "./useGridKeys";
import { useFirstPage, type View } from "./usePages";

/** Charts are for those who ask for them. */
const ChartView = later(async () => (await import("../charts/ChartView")).ChartView);

const SEARCH_REST_MS = 300;

interface Props {
  artifact: Artifact;
  columns: readonly Column[];
  label: string;
  actions: ReactNode;
  onAddModule: ((sql: string) => void) | undefined;
  /** Filters to begin with. */
  start?: RowFilter[];
  /** A picture that this table has of its own, beside its rows and charts. */
  own?: OwnPicture | undefined;
}

export interface OwnPicture {
  label: string;
  /** Whether it is what is shown at first. */
  first: boolean;
  draw: () => ReactNode;
}

const NO_FILTERS: RowFilter[] = [];

const hasRoom = (narrow: boolean): boolean => !narrow && !window.matchMedia("(max-width: 640px)").matches;

/** A table that is open: what is asked of its rows, and how its columns lie. */
export function OpenTable({
  artifact,
  columns,
  label,
  actions,
  onAddModule,
  start = NO_FILTERS,
  own,
}: Props) {
  const [asked, ask] = useState<View>({ filter: start });
  const [typed, type] = useState("");
  const [search] = useDebouncedValue(typed.trim(), SEARCH_REST_MS);
  const [layout, lay] = useState(PLAIN);
  const [active, setActive] = useState<Cell | null>(null);
  const [beside, showBeside] = useState(hasRoom(useContext(NarrowTables)));
  const [summaries, showSummaries] = useLocalStorage({ key: "studio.head-summaries", defaultValue: true });
  const [making, make] = useState<string | null>(null);
  const [drawn, draw] = useState<string | null>(null);
  const [picture, showPicture] = useState(own?.first ?? false);
  const [menu, setMenu] = useState<{ place: number; at: DOMRect } | null>(null);

  const view = useMemo<View>(() => (search ? { ...asked, search } : asked), [asked, search]);
  const shown = useMemo(() => shownColumns(columns, layout), [columns, layout]);
  const first = useFirstPage(artifact.id, columns.length, view);
  const charts = drawn !== null;
  const face = charts ? "charts" : own && picture ? "own" : "rows";
  // What the former filter left is no count of this one's.
  const total = first.isPlaceholderData ? undefined : first.data?.total;
  const passing = useMemo<PassingRows>(
    () => ({ filter: view.filter, search: view.search, rows: artifact.rows ?? 0, total }),
    [view.filter, view.search, artifact.rows, total],
  );

  const sortBy = (sort: RowOrder | undefined) => ask(({ filter }) => (sort ? { filter, sort } : { filter }));
  /** Up, down, as they were. */
  const toggleSort = (column: string) => {
    const before = view.sort?.column === column ? view.sort : undefined;
    sortBy(before?.descending ? undefined : { column, descending: before !== undefined });
  };
  const toggle = (source: number) => {
    setActive(null);
    lay(layout.hidden.has(source) ? show(layout, [source]) : hide(layout, [source]));
  };
  const pin = (source: number) => lay(togglePin(layout, source));
  const select = (source: number | undefined) => {
    const place = shown.findIndex((one) => one.source === source);
    setActive(place < 0 ? null : { row: -1, column: place });
  };
  const chosen = active ? shown[active.column]?.column.name : undefined;
  const opened = menu ? shown[menu.place] : undefined;

  return (
    <PassingContext value={passing}>
      <section className={classes.view} aria-label={label}>
        <TableBar
          artifact={artifact}
          columns={columns}
          shown={shown}
          view={view}
          onFilters={(filter) => ask((old) => ({ ...old, filter }))}
          making={making}
          onMake={make}
          search={typed}
          onSearch={type}
          face={face}
          onFace={(to) => {
            showPicture(to === "own");
            draw(to === "charts" ? (chosen ?? "") : null);
          }}
          own={own?.label}
          summaries={summaries}
          onSummaries={showSummaries}
          beside={beside}
          onBeside={showBeside}
          actions={actions}
          onAddModule={onAddModule}
        />
        <div className={classes.main}>
          <div className={classes.grid}>
            {face === "own" ? (
              own?.draw()
            ) : columns.length === 0 ? (
              <EmptyState title="An empty table">It has no columns, and so no rows to look at.</EmptyState>
            ) : charts ? (
              <Suspense fallback={<Loading label="Opening the charts…" />}>
                <ChartView key={drawn} artifact={artifact.id} columns={columns} view={view} start={drawn} />
              </Suspense>
            ) : (
              <TableRows
                label={`Rows of ${label}`}
                artifact={artifact.id}
                many={columns.length}
                shown={shown}
                view={view}
                first={first}
                active={active}
                onActive={setActive}
                onSort={toggleSort}
                onMenu={(place, at) => setMenu({ place, at })}
                onMove={(source, target) => lay(moveTo(columns.length, layout, source, target))}
                summaries={summaries}
                onClear={() => {
                  type("");
                  ask((old) => ({ ...old, filter: [] }));
                }}
                onShowAll={() => lay(show(layout, layout.hidden))}
              />
            )}
          </div>
          {beside && face === "rows" && columns.length > 0 ? (
            <ColumnPanel
              artifact={artifact.id}
              columns={columns}
              layout={layout}
              selected={active ? shown[active.column]?.source : undefined}
              onSelect={select}
              onFilter={make}
              onDraw={draw}
              onToggle={toggle}
              onTogglePin={pin}
              onShowAll={() => lay(show(layout, layout.hidden))}
            />
          ) : null}
        </div>
      </section>
      {/* Its place is the window's: the table is a container, which would be its own. */}
      {menu && opened ? (
        <ColumnMenu
          shown={opened}
          at={menu.at}
          onClose={() => setMenu(null)}
          sort={(column, descending) => sortBy({ column, descending })}
          filter={make}
          draw={draw}
          togglePin={pin}
          moveBy={(source, by) => lay(moveBy(columns, layout, source, by))}
          hide={toggle}
        />
      ) : null}
    </PassingContext>
  );
}
