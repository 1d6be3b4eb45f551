import { Tabs } from "@mantine/core";
import { IconArrowsMaximize, IconArrowsMinimize, IconX } from "@tabler/icons-react";
import { lazy, Suspense, useRef } from "react";
import type { GraphNode, ModuleSpec, PortSpec } from "../../graph/types";
import { keyOf } from "../../graph/own/definition";
import { nodeName } from "../../graph/read";
import { useNodeRun } from "../run/hooks";
import { useShownRunId } from "../../runs/shown";
import { EmptyState } from "../../ui/EmptyState";
import { IconButton } from "../../ui/IconButton";
import { useCatalog } from "../store/catalog";
import { closePanel } from "../window/layout";
import { showPort } from "../store/selection";
import { useEditor, useShownNode } from "../store/store";
import { toggleFull, useCover, useFull } from "../window/full";
import { LOG } from "../window/lookAt";
import { useLookedAt } from "../window/looked";
import { PYTHON } from "../commands/running";
import { CONSOLE, DEBUGGER, R } from "../debugger/state";
import { Loading } from "../../ui/Loading";
import { LogView } from "./LogView";
import { LogsInside } from "./LogsInside";
import { PortView } from "./PortView";
import classes from "./ResultsPanel.module.css";

const ConsolePane = lazy(() =>
  import("../debugger/ConsolePane").then(({ ConsolePane: default_ }) => ({ default: default_ })),
);
const DebuggerPane = lazy(() =>
  import("../debugger/DebuggerPane").then(({ DebuggerPane: default_ }) => ({ default: default_ })),
);

/** What came out of a node: a tab for each output port, and one for what it printed. */
export function ResultsPanel() {
  const id = useLookedAt();
  const panel = useRef<HTMLDivElement>(null);
  useCover(panel);
  return (
    <div ref={panel} tabIndex={-1} className={classes.panel}>
      {id ? (
        <OfNode key={id} id={id} />
      ) : (
        <EmptyState title="Nothing to show yet">Select a node to see its results.</EmptyState>
      )}
    </div>
  );
}

function OfNode({ id }: { id: string }) {
  const node = useShownNode(id);
  const catalog = useCatalog();
  if (!node) return null;
  return <Ports node={node} module={catalog.module(node.module)} name={nodeName(catalog, node)} />;
}

function Ports({ node, module, name }: { node: GraphNode; module: ModuleSpec | undefined; name: string }) {
  const run = useNodeRun(node.id);
  const shown = useShownRunId();
  const wanted = useEditor((state) => (state.port?.node === node.id ? state.port.port : null));
  const ports = (module?.outputs ?? []).filter((port) => !port.optional || run?.outputs[port.name]);
  const first = run && run.state !== "finished" ? LOG : (ports[0]?.name ?? LOG);
  const debugs = module?.slug === PYTHON;
  const talks = debugs || module?.slug === R;
  const known = wanted === LOG || (talks && wanted === CONSOLE) || (debugs && wanted === DEBUGGER);
  const tab = known || ports.some((port) => port.name === wanted) ? (wanted ?? first) : first;
  return (
    <Tabs
      value={tab}
      onChange={(to) => to && showPort(node.id, to)}
      keepMounted={false}
      classNames={{ root: classes.tabs ?? "", list: classes.list ?? "", panel: classes.body ?? "" }}
    >
      <div className={classes.head}>
        <span className={classes.name}>{name}</span>
        <Tabs.List aria-label={`Results of ${name}`}>
          {ports.map((port) => (
            <Tabs.Tab key={port.name} value={port.name}>
              {port.label}
            </Tabs.Tab>
          ))}
          <Tabs.Tab value={LOG}>Log</Tabs.Tab>
          {talks ? <Tabs.Tab value={CONSOLE}>Console</Tabs.Tab> : null}
          {debugs ? <Tabs.Tab value={DEBUGGER}>Debugger</Tabs.Tab> : null}
        </Tabs.List>
        <Buttons />
      </div>
      {ports.map((port: PortSpec) => (
        <Tabs.Panel key={port.name} value={port.name}>
          <PortView node={node} port={port} />
        </Tabs.Panel>
      ))}
      <Tabs.Panel value={LOG}>
        {keyOf(node.module) === null ? <LogView key={shown} node={node.id} /> : <LogsInside node={node} />}
      </Tabs.Panel>
      {talks ? (
        <Suspense fallback={<Loading label="Loading…" />}>
          <Tabs.Panel value={CONSOLE}>
            <ConsolePane node={node.id} language={debugs ? "python" : "r"} />
          </Tabs.Panel>
          <Tabs.Panel value={DEBUGGER}>
            <DebuggerPane node={node.id} />
          </Tabs.Panel>
        </Suspense>
      ) : null}
    </Tabs>
  );
}

function Buttons() {
  const full = useFull((state) => state.full);
  return (
    <span className={classes.buttons}>
      <IconButton
        label={full ? "Back to the canvas" : "Maximize the results"}
        shortcut={full ? "Esc" : "F9"}
        size={24}
        onClick={toggleFull}
      >
        {full ? <IconArrowsMinimize size={15} /> : <IconArrowsMaximize size={15} />}
      </IconButton>
      <IconButton label="Close the results" size={24} onClick={() => closePanel("results")}>
        <IconX size={15} />
      </IconButton>
    </span>
  );
}
