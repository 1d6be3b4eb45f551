import { NodeResizer, useUpdateNodeInternals, type NodeProps } from "@xyflow/react";
import { IconFold, IconArrowsMaximize } from "@tabler/icons-react";
import { memo, useEffect } from "react";
import { changeMark, contentsOf } from "../../../graph/marks";
import { endOf, findNode, findPort, nodeName, outputType } from "../../../graph/read";
import { IconButton } from "../../../ui/IconButton";
import { plural } from "../../../ui/words";
import { useCatalog } from "../../store/catalog";
import { toggleFrame } from "../../commands/marking";
import { edit } from "../../store/edit";
import { shownGraph, useEditor, useReadOnly } from "../../store/store";
import { openPort, Port } from "../Port";
import { portPlace } from "../../flow/ports";
import { startWriting, stopWriting, useMarkEditing } from "../../window/markEditing";
import { isAllOff, useServiceView } from "../../window/serviceView";
import type { FrameFlow } from "../../flow/markFlow";
import classes from "./Marks.module.css";
import { resized } from "./resized";

/** A titled rectangle behind the nodes; collapsed, one box with the ports that lead out. */
export const FrameNode = memo(function FrameNode({ id, data, selected }: NodeProps<FrameFlow>) {
  const { frame, ports, nodes } = data;
  const readOnly = useReadOnly();
  const off = useServiceView(isAllOff(() => contentsOf(shownGraph(useEditor.getState()), frame)));
  const measure = useUpdateNodeInternals();
  const outer = ports ? [...ports.inputs, "", ...ports.outputs].join() : "";
  useEffect(() => measure(id), [measure, id, outer]);
  return (
    <div
      className={ports ? classes.box : classes.frame}
      data-color={frame.color}
      data-selected={selected}
      data-service={off ? "off" : undefined}
      data-mark
    >
      {ports ? null : (
        <NodeResizer
          isVisible={selected && !readOnly}
          minWidth={160}
          minHeight={100}
          lineClassName={classes.edge ?? ""}
          handleClassName={classes.corner ?? ""}
          onResizeEnd={(_event, box) => resized(id, box)}
        />
      )}
      <div className={`${classes.bar} frame-handle`} onDoubleClick={() => startWriting(id)}>
        <Title id={id} title={frame.title} />
        {ports ? <span className={classes.count}>{plural(nodes, "node")}</span> : null}
        <IconButton
          label={ports ? "Expand the frame" : "Collapse the frame"}
          size={22}
          className="nodrag"
          onClick={() => toggleFrame(id)}
        >
          {ports ? <IconArrowsMaximize size={14} /> : <IconFold size={14} />}
        </IconButton>
      </div>
      {ports?.inputs.map((end, index) => (
        <OuterPort
          key={end}
          end={end}
          side="input"
          at={portPlace(index, ports.inputs.length)}
          reachable={selected}
        />
      ))}
      {ports?.outputs.map((end, index) => (
        <OuterPort
          key={end}
          end={end}
          side="output"
          at={portPlace(index, ports.outputs.length)}
          reachable={selected}
        />
      ))}
    </div>
  );
});

function Title({ id, title }: { id: string; title: string }) {
  const readOnly = useReadOnly();
  const writing = useMarkEditing((state) => state.id === id) && !readOnly;
  if (!writing) return <span className={classes.title}>{title || "Frame"}</span>;
  return (
    <input
      autoFocus
      aria-label="Title of the frame"
      className={`${classes.titleInput} nodrag nopan`}
      value={title}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => {
        const text = event.currentTarget.value;
        edit("Rename the frame", (draft) => changeMark(draft, id, { title: text }), { burst: `title:${id}` });
      }}
      onKeyDown={(event) => {
        if (event.key !== "Escape" && event.key !== "Enter") return;
        event.preventDefault();
        event.stopPropagation();
        event.currentTarget.closest<HTMLElement>(".react-flow__node")?.focus();
      }}
      onBlur={stopWriting}
    />
  );
}

interface OuterPortProps {
  /** `node.port` */
  end: string;
  side: "input" | "output";
  at: number;
  reachable: boolean;
}

/** A port of a node inside, on the edge of the box. */
function OuterPort({ end, side, at, reachable }: OuterPortProps) {
  const catalog = useCatalog();
  const readOnly = useReadOnly();
  const { node: id, port: name } = endOf(end);
  const node = useEditor((state) => findNode(shownGraph(state), id));
  const connected = useEditor((state) =>
    shownGraph(state).wires.some((wire) => (side === "input" ? wire.to : wire.from) === end),
  );
  const module = node && catalog.module(node.module);
  const port = findPort(side === "input" ? module?.inputs : module?.outputs, name);
  if (!node || !port) return null;
  return (
    <Port
      node={id}
      within={nodeName(catalog, node)}
      port={port}
      type={side === "output" ? (outputType(catalog, node, port) ?? port.type) : port.type}
      side={side}
      at={at}
      connected={connected}
      reachable={reachable}
      onOpen={side === "output" ? openPort : null}
      wirable={!readOnly}
    />
  );
}
