import { useEffect, useRef } from "react";
import type { InputChange, NodeDiff, ParamChange } from "../../graph/diff";
import { endOf, findNode, nodeName } from "../../graph/read";
import { datasetOf } from "../../graph/reference";
import type { Catalog, Graph } from "../../graph/types";
import { valueText } from "../../graph/valueText";
import { TextDiff } from "../../ui/TextDiff";
import { capital } from "../../graph/stale";
import { plural } from "../../ui/words";
import { useCatalogOf } from "./useCatalogOf";
import classes from "./CompareScreen.module.css";
import { KIND_WORDS } from "./kinds";

interface Props {
  diff: NodeDiff[];
  /** Nodes that left something else. */
  otherResults: ReadonlySet<string>;
  /** Two runs, which both have results; the draft has none. */
  areRuns: boolean;
  before: Graph;
  after: Graph;
  chosen: string | null;
  onChoose: (node: string) => void;
}

/** What differs, node by node; nodes that only moved are counted, not listed. */
export function ChangeList({ diff, otherResults, areRuns, before, after, chosen, onChoose }: Props) {
  const catalog = useCatalogOf(before, after);
  const differs = ({ kind }: NodeDiff) => kind !== "same" && kind !== "moved";
  const listed = diff.filter(differs);
  const moved = diff.filter(({ kind }) => kind === "moved").length;
  const below = diff.filter((one) => !differs(one) && otherResults.has(one.node.id));
  return (
    <aside aria-label="Differences" className={classes.changes} tabIndex={0}>
      <h2 className={classes.subtitle}>
        {listed.length ? plural(listed.length, "node differs", "nodes differ") : "Both compute the same"}
        {moved ? <span className={classes.muted}>, {plural(moved, "node")} only moved</span> : null}
      </h2>
      <p className={classes.results}>{resultsText(areRuns, otherResults.size)}</p>
      <ul className={classes.list}>
        {listed.map((one) => (
          <Change
            key={one.node.id}
            diff={one}
            chosen={one.node.id === chosen}
            onChoose={onChoose}
            {...{ before, after, catalog }}
          />
        ))}
      </ul>
      {below.length > 0 ? (
        <>
          <h2 className={classes.subtitle}>Unchanged, with another result</h2>
          <ul className={classes.list}>
            {below.map(({ node }) => (
              <li key={node.id} className={classes.change} data-chosen={node.id === chosen || undefined}>
                <button type="button" className={classes.changeHead} onClick={() => onChoose(node.id)}>
                  <span className={classes.name}>{nodeName(catalog, node)}</span>
                  <span className={classes.muted}>another result</span>
                </button>
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </aside>
  );
}

function resultsText(areRuns: boolean, others: number): string {
  if (!areRuns)
    return "The draft has no results of its own. Choose a run on both sides to compare results, too.";
  if (others === 0) return "All nodes that are in both runs came to the same results.";
  return `${plural(others, "node")} came to another result. Click a node to compare what it left.`;
}

interface ChangeProps extends Pick<Props, "before" | "after" | "onChoose"> {
  diff: NodeDiff;
  chosen: boolean;
  catalog: Catalog;
}

function Change({ diff, chosen, before, after, catalog, onChoose }: ChangeProps) {
  const { node, kind, module, params, inputs, comment, name, apart } = diff;
  const place = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (chosen) place.current?.scrollIntoView({ block: "nearest" });
  }, [chosen]);
  return (
    <li ref={place} className={classes.change} data-chosen={chosen || undefined}>
      <button type="button" className={classes.changeHead} onClick={() => onChoose(node.id)}>
        <span className={classes.name}>{nodeName(catalog, node)}</span>
        <span className={classes.kind} data-kind={kind}>
          {KIND_WORDS[kind]}
        </span>
      </button>
      {module ? <Row label="Module" before={module.before} after={module.after} /> : null}
      {params
        .filter(({ isText }) => !isText)
        .map((param) => (
          <Param key={param.param} param={param} />
        ))}
      {inputs.map((input) => (
        <Input key={input.port} input={input} {...{ before, after, catalog }} />
      ))}
      {name ? <Row label="Name" before={name.before || "none"} after={name.after || "none"} /> : null}
      {apart.map(({ what, before: was, after: is }) =>
        was === null && is === null ? (
          <p key={what} className={classes.apart}>
            {capital(what)}
          </p>
        ) : (
          <Row
            key={what}
            label={datasetOf(catalog, node) !== null ? `Version of ${what}` : what}
            before={was ?? ""}
            after={is ?? ""}
          />
        ),
      )}
      {comment ? <Row label="Comment" before={comment.before} after={comment.after} /> : null}
      {params
        .filter(({ isText }) => isText)
        .map((param) => (
          <TextDiff
            key={param.param}
            label={param.label}
            before={String(param.before ?? "")}
            after={String(param.after ?? "")}
          />
        ))}
    </li>
  );
}

const Param = ({ param }: { param: ParamChange }) => (
  <Row label={param.label} before={valueText(param.before)} after={valueText(param.after)} />
);

function Input({
  input,
  before,
  after,
  catalog,
}: { input: InputChange } & Omit<ChangeProps, "diff" | "chosen" | "onChoose">) {
  const from = (graph: Graph, end: string | null) => {
    const node = end ? findNode(graph, endOf(end).node) : undefined;
    return node ? nodeName(catalog, node) : "nothing";
  };
  return (
    <Row
      label={`Input ${input.label}`}
      before={from(before, input.before)}
      after={from(after, input.after)}
    />
  );
}

function Row({ label, before, after }: { label: string; before: string; after: string }) {
  return (
    <p className={classes.param}>
      <span className={classes.muted}>{label}</span>
      <span>
        <del>{before || "nothing"}</del> → <ins>{after || "nothing"}</ins>
      </span>
    </p>
  );
}
