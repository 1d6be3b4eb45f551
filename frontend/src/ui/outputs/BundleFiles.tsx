import { IconChevronDown, IconChevronRight, IconFile, IconFolder } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { artifactQuery } from "../../api/artifacts";
import { EmptyState } from "../EmptyState";
import { Loading } from "../Loading";
import { ProblemMessage } from "../ProblemMessage";
import { bytes, plural } from "../words";
import { BundleFile } from "./BundleFile";
import classes from "./BundleFiles.module.css";
import { treeRows } from "./bundleTree";

/** What a zip holds: its tree with the sizes, and the text of the chosen file. */
export function BundleFiles({ artifact }: { artifact: string }) {
  const bundle = useQuery(artifactQuery(artifact));
  const [closed, close] = useState<ReadonlySet<string>>(new Set());
  const [chosen, choose] = useState<string | null>(null);
  const entries = bundle.data?.entries;
  const rows = useMemo(() => treeRows(entries ?? [], closed), [entries, closed]);
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
  const total = bundle.data.files ?? entries?.length ?? 0;
  const toggle = (path: string) =>
    close((old) => {
      const next = new Set(old);
      if (!next.delete(path)) next.add(path);
      return next;
    });
  return (
    <div className={classes.bundle}>
      {/* Focusable, so that keys can scroll it. */}
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
            {rows.map(({ path, name, depth, folder, bytes: size }) => (
              <tr key={`${folder ? "folder" : "file"} ${path}`} data-chosen={!folder && path === chosen}>
                <td className={classes.name} style={{ paddingLeft: 12 + depth * 18 }}>
                  <button
                    type="button"
                    className={classes.entry}
                    title={path}
                    {...(folder
                      ? { "aria-expanded": !closed.has(path) }
                      : { "aria-pressed": path === chosen })}
                    onClick={() => (folder ? toggle(path) : choose(path))}
                  >
                    {folder ? (
                      closed.has(path) ? (
                        <IconChevronRight size={14} />
                      ) : (
                        <IconChevronDown size={14} />
                      )
                    ) : null}
                    {folder ? <IconFolder size={16} stroke={1.75} /> : <IconFile size={16} stroke={1.75} />}
                    {name}
                  </button>
                </td>
                <td data-align="right">{bytes(size)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {total > (entries?.length ?? 0) ? (
          <p className={classes.rest}>and {plural(total - (entries?.length ?? 0), "more file")}.</p>
        ) : null}
      </div>
      <div className={classes.file}>
        {chosen === null ? (
          <EmptyState title="No file chosen">Choose a file to read it.</EmptyState>
        ) : (
          <BundleFile key={chosen} artifact={artifact} name={chosen} />
        )}
      </div>
    </div>
  );
}
