import { IconArrowLeft, IconArrowRight, IconX } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import { endOf, findNode, nodeName } from "../../graph/read";
import type { Graph } from "../../graph/types";
import { useNodeRun } from "../run/hooks";
import { IconButton } from "../../ui/IconButton";
import { StateBadge } from "../../ui/StateBadge";
import { NarrowTables } from "../../results/table/narrow";
import { moduleLook } from "../flow/moduleLook";
import { useCatalog } from "../store/catalog";
import { RunControls } from "../toolbar/RunControls";
import { isOwnEscape } from "../window/escape";
import { closeOverlay, openOverlay } from "../window/overlays";
import { Form } from "../properties/NodeProperties";
import { select } from "../store/selection";
import { useShownGraph, useShownNode } from "../store/store";
import { Inputs } from "./Inputs";
import { Outputs } from "./Outputs";
import classes from "./OpenedNode.module.css";

/** One node over the canvas: what comes in, what is done with it, what goes out. Escape closes it. */
export function OpenedNode({ id }: { id: string }) {
  const node = useShownNode(id);
  const catalog = useCatalog();
  const graph = useShownGraph();
  const run = useNodeRun(id);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => select([id]), [id]);
  useEffect(() => box.current?.focus(), []);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (isOwnEscape(event, box.current)) closeOverlay();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
  if (!node) return null;
  const module = catalog.module(node.module);
  const { Icon, group } = moduleLook(node.module, module);
  const title = nodeName(catalog, node);
  const beside = neighbors(graph, id);
  return (
    <div ref={box} role="dialog" aria-label={`${title}, opened`} tabIndex={-1} className={classes.opened}>
      <header className={classes.head}>
        <Icon size={20} stroke={1.75} aria-hidden className="tinted" data-group={group} />
        <h2 className={classes.title}>{title}</h2>
        {run ? (
          <StateBadge
            state={run.state}
            paused={Boolean(run.paused)}
            {...(run.cached && { detail: "cached" })}
          />
        ) : null}
        <span className={classes.gap} />
        <Neighbour id={beside.up} label="Open the node above" Arrow={IconArrowLeft} />
        <Neighbour id={beside.down} label="Open the node below" Arrow={IconArrowRight} />
        <RunControls />
        <IconButton label="Close" shortcut="Esc" size={30} onClick={closeOverlay}>
          <IconX size={18} />
        </IconButton>
      </header>
      <NarrowTables value={true}>
        <div className={classes.columns}>
          <Inputs node={node} module={module} />
          <div role="group" aria-label="Parameters" className={`${classes.column} ${classes.params}`}>
            <h3 className={classes.subtitle}>Parameters</h3>
            <div className={classes.form}>{module ? <Form node={node} module={module} /> : null}</div>
          </div>
          <Outputs node={node} module={module} />
        </div>
      </NarrowTables>
    </div>
  );
}

function neighbors(graph: Graph, id: string): { up: string | undefined; down: string | undefined } {
  const up = graph.wires.find((wire) => endOf(wire.to).node === id);
  const down = graph.wires.find((wire) => endOf(wire.from).node === id);
  return { up: up && endOf(up.from).node, down: down && endOf(down.to).node };
}

function Neighbour({ id, label, Arrow }: { id: string | undefined; label: string; Arrow: typeof IconX }) {
  const catalog = useCatalog();
  const graph = useShownGraph();
  const node = id === undefined ? undefined : findNode(graph, id);
  if (!node) return null;
  return (
    <IconButton
      label={`${label}: ${nodeName(catalog, node)}`}
      size={30}
      onClick={() => openOverlay({ kind: "opened", node: node.id })}
    >
      <Arrow size={18} stroke={1.75} />
    </IconButton>
  );
}
