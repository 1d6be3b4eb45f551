import { Tabs } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import type { GraphNode, ModuleSpec, PortSpec } from "../../graph/types";
import { nodeName } from "../../graph/read";
import { useNodeRun } from "../../runs/hooks";
import { useShownRunId } from "../../runs/shown";
import { EmptyState } from "../../ui/EmptyState";
import { IconButton } from "../../ui/IconButton";
import { useCatalog } from "../catalog";
import { closePanel } from "../layout";
import { showPort } from "../store/selection";
import { useEditor, useSelectedNodeId, useShownNode } from "../store/store";
import { LogView } from "./LogView";
import { PortView } from "./PortView";
import classes from "./ResultsPanel.module.css";

const LOG = "log";

/** What came out of the selected node: a tab for each output port, and one for what it printed. */
export function ResultsPanel() {
  const id = useSelectedNodeId();
  return (
    <div className={classes.panel}>
      {id ? (
        <OfNode key={id} id={id} />
      ) : (
        <>
          <Close />
          <EmptyState title="No node selected">Select a node to see what came out of it.</EmptyState>
        </>
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
  const tab = wanted === LOG || ports.some((port) => port.name === wanted) ? (wanted ?? first) : first;
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
        </Tabs.List>
        <Close />
      </div>
      {ports.map((port: PortSpec) => (
        <Tabs.Panel key={port.name} value={port.name}>
          <PortView node={node} port={port} />
        </Tabs.Panel>
      ))}
      <Tabs.Panel value={LOG}>
        <LogView key={shown} node={node.id} />
      </Tabs.Panel>
    </Tabs>
  );
}

const Close = () => (
  <span className={classes.close}>
    <IconButton label="Close the results" size={24} onClick={() => closePanel("results")}>
      <IconX size={15} />
    </IconButton>
  </span>
);
