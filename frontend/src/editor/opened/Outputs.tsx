import { Tabs } from "@mantine/core";
import { useState } from "react";
import type { GraphNode, ModuleSpec } from "../../graph/types";
import { useNodeRun } from "../run/hooks";
import { useShownRunId } from "../../runs/shown";
import { LogView } from "../results/LogView";
import { PortView } from "../results/PortView";
import classes from "./OpenedNode.module.css";

const LOG = "log";

/** What came out on each output, and what was printed. */
export function Outputs({ node, module }: { node: GraphNode; module: ModuleSpec | undefined }) {
  const run = useNodeRun(node.id);
  const shown = useShownRunId();
  const [chosen, setChosen] = useState<string | null>(null);
  const ports = (module?.outputs ?? []).filter((port) => !port.optional || run?.outputs[port.name]);
  const usual = run?.state === "failed" ? LOG : (ports[0]?.name ?? LOG);
  return (
    <div role="group" aria-label="Outputs" className={classes.column}>
      <Tabs
        value={chosen ?? usual}
        onChange={setChosen}
        keepMounted={false}
        classNames={{ root: classes.tabs ?? "", list: classes.list ?? "", panel: classes.body ?? "" }}
      >
        <Tabs.List aria-label="Outputs">
          {ports.map((port) => (
            <Tabs.Tab key={port.name} value={port.name}>
              {port.label}
            </Tabs.Tab>
          ))}
          <Tabs.Tab value={LOG}>Log</Tabs.Tab>
        </Tabs.List>
        {ports.map((port) => (
          <Tabs.Panel key={port.name} value={port.name}>
            <div className={classes.view}>
              <PortView node={node} port={port} />
            </div>
          </Tabs.Panel>
        ))}
        <Tabs.Panel value={LOG}>
          <div className={classes.view}>
            <LogView key={shown} node={node.id} />
          </div>
        </Tabs.Panel>
      </Tabs>
    </div>
  );
}
