import { Tabs } from "@mantine/core";
import { endOf, findNode, findPort, wiresByInput } from "../../graph/read";
import type { GraphNode, ModuleSpec, PortSpec } from "../../graph/types";
import { EmptyState } from "../../ui/EmptyState";
import { useCatalog } from "../catalog";
import { PortView } from "../results/PortView";
import { useShownGraph } from "../store/store";
import { nodeTitle } from "../title";
import classes from "./OpenedNode.module.css";

interface Props {
  node: GraphNode;
  module: ModuleSpec | undefined;
}

/** What lies on each input: the rows of the output that is wired to it. */
export function Inputs({ node, module }: Props) {
  const wires = wiresByInput(useShownGraph());
  const ports = module?.inputs ?? [];
  if (ports.length === 0) return null;
  const wired = ports.filter((port) => wires.has(`${node.id}.${port.name}`));
  return (
    <section aria-label="Inputs" className={classes.column}>
      {wired.length === 0 ? (
        <>
          <h3 className={classes.subtitle}>Inputs</h3>
          <EmptyState title="Nothing is connected">
            Draw a wire to {ports.map((port) => port.label).join(" or ")}, and its rows are shown here.
          </EmptyState>
        </>
      ) : (
        <Tabs
          defaultValue={wired[0]?.name ?? null}
          keepMounted={false}
          classNames={{ root: classes.tabs ?? "", list: classes.list ?? "", panel: classes.body ?? "" }}
        >
          <Tabs.List aria-label="Inputs">
            {wired.map((port) => (
              <Tabs.Tab key={port.name} value={port.name}>
                {port.label}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          {wired.map((port) => (
            <Tabs.Panel key={port.name} value={port.name}>
              <Input from={wires.get(`${node.id}.${port.name}`)?.from ?? ""} port={port} />
            </Tabs.Panel>
          ))}
        </Tabs>
      )}
    </section>
  );
}

function Input({ from, port }: { from: string; port: PortSpec }) {
  const graph = useShownGraph();
  const catalog = useCatalog();
  const end = endOf(from);
  const source = findNode(graph, end.node);
  const output = source && findPort(catalog.module(source.module)?.outputs, end.port);
  if (!source || !output)
    return (
      <EmptyState title="Not known">What is wired to {port.label} is not known on this server.</EmptyState>
    );
  return (
    <>
      <p className={classes.from}>
        {output.label} of {nodeTitle(catalog, source)}
      </p>
      <div className={classes.view}>
        <PortView node={source} port={output} />
      </div>
    </>
  );
}
