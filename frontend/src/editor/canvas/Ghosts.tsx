import { useReactFlow, ViewportPortal } from "@xyflow/react";
import { useEffect, useMemo } from "react";
import { nodeKind, nodeName, ownName, wireId } from "../../graph/read";
import type { GraphNode } from "../../graph/types";
import { SMOOTH } from "../flow/animate";
import { flowEdges, flowNodes } from "../flow/flowAdapter";
import type { Box } from "../flow/markFlow";
import { moduleLook } from "../flow/moduleLook";
import { useCatalog } from "../store/catalog";
import { lookAtProposal, useWaiting } from "../window/proposed";
import { wireLines } from "./farWires";
import classes from "./Ghosts.module.css";
import { areaOf, areaOfAll } from "./overviewShape";

const NONE: ReadonlySet<string> = new Set();

/** The nodes and wires that a proposed edit would add, where they would stand. */
export function Ghosts({ boxes }: { boxes: readonly Box[] }) {
  const catalog = useCatalog();
  const flow = useReactFlow();
  const shown = useWaiting((waiting) => waiting.shown);
  const asked = useWaiting((waiting) => waiting.asked);
  const ghosts = useMemo(
    () => (shown ? flowNodes({ nodes: shown.added, wires: [] }, catalog, NONE, []) : []),
    [shown, catalog],
  );
  const lines = useMemo(() => {
    if (!shown || shown.newWires.size === 0) return [];
    const edges = flowEdges(shown.file, catalog, NONE, []).filter(
      ({ data }) => data && shown.newWires.has(wireId(data.wire)),
    );
    return [...wireLines(edges, [...boxes, ...ghosts], catalog, () => false)];
  }, [shown, boxes, ghosts, catalog]);

  useEffect(() => {
    if (asked === 0 || !shown) return;
    const here = boxes.filter(({ id }) => shown.marks.has(id));
    const all = [...here, ...ghosts];
    if (all.length) void flow.fitBounds(areaOfAll(all), { ...SMOOTH, padding: 0.3 });
    // Asked once, shown once: what moves later is not followed.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [asked]);

  if (!shown) return null;
  return (
    <ViewportPortal>
      <svg className={classes.wires} aria-hidden>
        {lines.map(([type, line]) => (
          <path key={type} d={line} />
        ))}
      </svg>
      {ghosts.map((ghost) => (
        <Ghost key={ghost.id} node={ghost.data.node} at={areaOf(ghost)} />
      ))}
    </ViewportPortal>
  );
}

function Ghost({ node, at: { x, y } }: { node: GraphNode; at: { x: number; y: number } }) {
  const catalog = useCatalog();
  const { Icon, group } = moduleLook(node.module, catalog.module(node.module));
  const name = nodeName(catalog, node);
  const kind = ownName(node) ? `${nodeKind(catalog, node)}, would be new` : "would be new";
  return (
    <button
      type="button"
      className={`${classes.ghost} nodrag nopan`}
      style={{ transform: `translate(${x}px, ${y}px)` }}
      aria-description="Shows what the proposed edit changes"
      onClick={() => lookAtProposal(true)}
    >
      <span className={classes.icon} data-group={group}>
        <Icon size={16} stroke={1.75} aria-hidden />
      </span>
      <span className={classes.name}>
        <span className={classes.title}>{name}</span> <span className={classes.kind}>{kind}</span>
      </span>
    </button>
  );
}
