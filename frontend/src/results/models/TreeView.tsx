import { NumberInput, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { treeQuery, type Tree, type TreeNode } from "../../api/models";
import { Loading } from "../../ui/Loading";
import { ProblemMessage } from "../../ui/ProblemMessage";
import { count, plural } from "../../ui/words";
import { INK, type Size } from "../charts/Frame";
import { short } from "../charts/slots";
import { metricText } from "../evaluation/Metrics";
import { Stage } from "../evaluation/Stage";
import classes from "./Models.module.css";
import { layTree } from "./treeLayout";

const BOX = { width: 156, height: 52, across: 12, down: 34 };

/** One of a model's trees, its first levels. */
export function TreeView({ artifact, trees }: { artifact: string; trees: number }) {
  const [tree, setTree] = useState(0);
  const [levels, setLevels] = useState(3);
  const { data, error } = useQuery(treeQuery(artifact, tree, levels));
  return (
    <div className={classes.part}>
      <div className={classes.bar}>
        <NumberInput
          size="xs"
          w={110}
          label={`Tree (1 to ${count(trees)})`}
          min={1}
          max={trees}
          value={tree + 1}
          onChange={(to) => typeof to === "number" && to >= 1 && to <= trees && setTree(to - 1)}
        />
        <Select
          size="xs"
          w={90}
          label="Levels"
          data={["2", "3", "4", "5", "6"]}
          value={String(levels)}
          allowDeselect={false}
          onChange={(to) => setLevels(Number(to ?? 3))}
        />
      </div>
      {error ? <ProblemMessage title="The tree could not be drawn" error={error} /> : null}
      {data ? <Drawn data={data} /> : error ? null : <Loading label="Drawing the tree…" />}
    </div>
  );
}

function Drawn({ data }: { data: Tree }) {
  const { nodes, columns, levels } = layTree(data.root);
  const size: Size = {
    width: columns * (BOX.width + BOX.across) + BOX.across,
    height: levels * (BOX.height + BOX.down),
  };
  const left = (x: number) => BOX.across + x * (BOX.width + BOX.across);
  const top = (y: number) => 4 + y * (BOX.height + BOX.down);
  return (
    <Stage
      title={`Tree ${data.tree + 1} of ${count(data.trees)}`}
      figures={() => [
        ["level", "rows", "says", "split"],
        ...nodes.map(({ node, y }) => [y, node.rows, said(node, data.classes), splitText(node)]),
      ]}
      height={size.height}
      draw={(_, onRead) => (
        <svg
          role="img"
          aria-label={`Tree ${data.tree + 1}: ${describe(data.root)}`}
          width={size.width}
          height={size.height}
          viewBox={`0 0 ${size.width} ${size.height}`}
          fontFamily="system-ui, sans-serif"
          style={{ display: "block" }}
        >
          <rect width={size.width} height={size.height} style={{ fill: "var(--studio-surface)" }} />
          {nodes.map(({ x, y, parent }, place) =>
            parent ? (
              <path
                key={place}
                d={`M${left(parent.x) + BOX.width / 2} ${top(parent.y) + BOX.height}L${left(x) + BOX.width / 2} ${top(y)}`}
                style={{ fill: "none", stroke: "var(--studio-line-strong)", strokeWidth: 1.5 }}
              />
            ) : null,
          )}
          {nodes.map(({ x, y, parent }, place) =>
            parent ? (
              <text
                key={place}
                x={(left(parent.x) + left(x)) / 2 + BOX.width / 2}
                y={top(y) - BOX.down / 2 + 4}
                textAnchor={parent.side === "left" ? "end" : "start"}
                dx={parent.side === "left" ? -6 : 6}
                style={INK}
              >
                {parent.side === "left" ? "yes" : "no"}
              </text>
            ) : null,
          )}
          {nodes.map(({ node, x, y }, place) => (
            <g key={place} onPointerEnter={() => onRead(describe(node, data.classes))}>
              <rect
                x={left(x)}
                y={top(y)}
                width={BOX.width}
                height={BOX.height}
                rx={6}
                style={{
                  fill: node.column ? "var(--studio-surface)" : "var(--studio-accent-soft)",
                  stroke: "var(--studio-line-strong)",
                  strokeDasharray: node.more ? "4 3" : "none",
                }}
              />
              <text
                x={left(x) + 8}
                y={top(y) + 20}
                style={{ fill: "var(--studio-text)", fontSize: 12, fontWeight: 600 }}
              >
                {short(splitText(node) || said(node, data.classes), BOX.width - 30)}
              </text>
              <text x={left(x) + 8} y={top(y) + 40} style={INK}>
                {short(
                  node.column
                    ? `${said(node, data.classes)} · ${plural(node.rows, "row")}`
                    : plural(node.rows, "row"),
                  BOX.width - 12,
                )}
              </text>
              <title>{describe(node, data.classes)}</title>
            </g>
          ))}
        </svg>
      )}
    />
  );
}

function splitText({ column, threshold }: TreeNode): string {
  if (!column) return "";
  return threshold === null || threshold === undefined
    ? `${column} is one of some`
    : `${column} ≤ ${metricText(threshold)}`;
}

/** The class with the largest share, or the number. */
function said({ value }: TreeNode, names: readonly string[]): string {
  if (value === null || typeof value === "number") return metricText(value);
  const place = value.indexOf(Math.max(...value.map((share) => share ?? 0)));
  return `${names[place] ?? place} ${((value[place] ?? 0) * 100).toFixed(0)} %`;
}

const describe = (node: TreeNode, names: readonly string[] = []): string =>
  `${plural(node.rows, "row")}, ${said(node, names)}${node.column ? `; ${splitText(node)}?` : ""}${node.more ? "; it goes on" : ""}`;
