import { IconChevronDown, IconChevronRight, IconFile, IconFolder } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useMemo, useRef, useState } from "react";
import { artifactQuery, bundleEntriesQuery } from "../../api/artifacts";
import { EmptyState } from "../../ui/EmptyState";
import { Loading } from "../../ui/Loading";
import { ProblemMessage } from "../../ui/ProblemMessage";
import { bytes, plural } from "../../ui/words";
import { BundleFile } from "./BundleFile";
import classes from "./BundleFiles.module.css";
import { topFolders, treeRows, type TreeRow } from "./bundleTree";

interface Entry {
  name: string;
  bytes: number;
}

/** What a zip holds: its tree with the sizes, and the text of the chosen file. */
export function BundleFiles({ artifact }: { artifact: string }) {
  const bundle = useQuery(artifactQuery(artifact));
  const listed = bundle.data?.entries ?? [];
  const some = bundle.data !== undefined && (bundle.data.files ?? 0) > listed.length;
  const all = useQuery({ ...bundleEntriesQuery(artifact), enabled: some });
  const [chosen, choose] = useState<string | null>(null);
  const failed = bundle.error ? bundle : all.error ? all : null;
  if (failed) {
    return (
      <ProblemMessage
        title="Could not list the files"
        error={failed.error}
        onRetry={() => void failed.refetch()}
      />
    );
  }
  const entries = some ? all.data?.entries : bundle.data && listed;
  if (!entries) return <Loading label="Loading the files…" />;
  return (
    <div className={classes.frame}>
      <div className={classes.bundle}>
        <Tree entries={entries} chosen={chosen} onChoose={choose} />
        <div className={classes.file}>
          {chosen === null ? (
            <EmptyState title="No file chosen">Choose a file to read it.</EmptyState>
          ) : (
            <BundleFile key={chosen} artifact={artifact} name={chosen} />
          )}
        </div>
      </div>
    </div>
  );
}

/** So many files are shown at once; of more, what lies in folders is for those who open them. */
const OPEN = 500;
const ROW = 34;
const STEP = 18;
/** Deeper ones are no further to the right: their names must be seen. */
const DEEPEST = 12;

interface TreeProps {
  entries: readonly Entry[];
  chosen: string | null;
  onChoose: (path: string) => void;
}

function Tree({ entries, chosen, onChoose }: TreeProps) {
  const [closed, close] = useState<ReadonlySet<string>>(() =>
    entries.length > OPEN ? topFolders(entries) : new Set(),
  );
  const rows = useMemo(() => treeRows(entries, closed), [entries, closed]);
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 10,
  });
  const toggle = (path: string) =>
    close((old) => {
      const next = new Set(old);
      if (!next.delete(path)) next.add(path);
      return next;
    });
  return (
    // Focusable, so that keys can scroll it.
    <div ref={scroller} className={classes.scroll} tabIndex={0} role="region" aria-label="Files">
      <div role="table" aria-label="Files of the bundle" aria-rowcount={rows.length + 1}>
        <div role="rowgroup" className={classes.heads}>
          <div role="row" className={classes.head}>
            <span role="columnheader">{plural(entries.length, "file")}</span>
            <span role="columnheader">Size</span>
          </div>
        </div>
        <div role="rowgroup" style={{ position: "relative", height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const row = rows[index];
            return row ? (
              <Row
                key={`${row.folder ? "folder" : "file"} ${row.path}`}
                row={row}
                index={index}
                top={start}
                closed={closed.has(row.path)}
                chosen={!row.folder && row.path === chosen}
                onClick={() => (row.folder ? toggle(row.path) : onChoose(row.path))}
              />
            ) : null;
          })}
        </div>
      </div>
    </div>
  );
}

interface RowProps {
  row: TreeRow;
  index: number;
  top: number;
  closed: boolean;
  chosen: boolean;
  onClick: () => void;
}

function Row({
  row: { path, name, depth, folder, bytes: size },
  index,
  top,
  closed,
  chosen,
  onClick,
}: RowProps) {
  const Chevron = closed ? IconChevronRight : IconChevronDown;
  const Icon = folder ? IconFolder : IconFile;
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      className={classes.row}
      data-chosen={chosen}
      style={{ transform: `translateY(${top}px)` }}
    >
      <span role="cell" className={classes.cell} style={{ paddingLeft: Math.min(depth, DEEPEST) * STEP }}>
        <button
          type="button"
          className={classes.entry}
          title={path}
          {...(folder ? { "aria-expanded": !closed } : { "aria-pressed": chosen })}
          onClick={onClick}
        >
          {folder ? <Chevron size={14} /> : null}
          <Icon size={16} stroke={1.75} />
          <bdi className={classes.name}>{name}</bdi>
        </button>
      </span>
      <span role="cell">{bytes(size)}</span>
    </div>
  );
}
