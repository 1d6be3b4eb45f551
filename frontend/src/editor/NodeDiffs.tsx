import type { NodeDiff } from "../graph/diff";
import { nodeName } from "../graph/read";
import { valueText } from "../graph/valueText";
import { TextDiff } from "../ui/TextDiff";
import classes from "./NodeDiffs.module.css";
import { useCatalog } from "./store/catalog";

const WORDS: Record<NodeDiff["kind"], string> = {
  added: "added",
  removed: "removed",
  changed: "changed",
  moved: "moved",
  same: "renamed",
};

/** What differs between two versions of a graph, node by node. */
export function NodeDiffs({ diffs }: { diffs: readonly NodeDiff[] }) {
  const catalog = useCatalog();
  return (
    <ul className={classes.list}>
      {diffs.map((one) => (
        <li key={one.node.id} className={classes.node}>
          <p className={classes.head}>
            <strong>{nodeName(catalog, one.node)}</strong> <span data-kind={one.kind}>{WORDS[one.kind]}</span>
          </p>
          <NodeChange diff={one} />
        </li>
      ))}
    </ul>
  );
}

function NodeChange({ diff: { kind, node, params, inputs, name } }: { diff: NodeDiff }) {
  if (kind === "added")
    return Object.entries(node.params).map(([param, value]) =>
      typeof value === "string" && value.includes("\n") ? (
        <TextDiff key={param} label={param} before="" after={value} />
      ) : (
        <Row key={param} label={param} before="" after={valueText(value)} />
      ),
    );
  return (
    <>
      {name ? <Row label="Name" before={name.before} after={name.after} /> : null}
      {params.map(({ param, label, before, after, isText }) =>
        isText ? (
          <TextDiff key={param} label={label} before={String(before ?? "")} after={String(after ?? "")} />
        ) : (
          <Row key={param} label={label} before={valueText(before)} after={valueText(after)} />
        ),
      )}
      {inputs.map(({ port, label, before, after }) => (
        <Row key={port} label={label} before={before ?? "no wire"} after={after ?? "no wire"} />
      ))}
    </>
  );
}

const Row = ({ label, before, after }: { label: string; before: string; after: string }) => (
  <p className={classes.row}>
    {label}: {before ? <del>{before}</del> : null} <ins>{after}</ins>
  </p>
);
