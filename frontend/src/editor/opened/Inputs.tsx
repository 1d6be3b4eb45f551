import { Button, Tabs } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { lastLeftQuery } from "../../api/runs";
import { endOf, findNode, findPort, nodeName, wiresByInput } from "../../graph/read";
import { datasetOf } from "../../graph/reference";
import type { GraphNode, ModuleSpec, PortSpec } from "../../graph/types";
import { useLatestRun, useNodeRun } from "../run/hooks";
import { useStaleReason } from "../run/stale";
import { EmptyState } from "../../ui/EmptyState";
import { OutputView } from "../../results/views/OutputView";
import { useCatalog } from "../store/catalog";
import { isUnderWay, runUntil, useStarting } from "../commands/running";
import { PortView } from "../results/PortView";
import { useEditor, useReadOnly, useShownGraph } from "../store/store";
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
    <div role="group" aria-label="Inputs" className={classes.column}>
      {wired.length === 0 ? (
        <>
          <h3 className={classes.subtitle}>Inputs</h3>
          <EmptyState title="Nothing is connected">
            Draw a wire to {ports.map((port) => port.label).join(" or ")} to see its rows here.
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
    </div>
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
  return <Rows source={source} output={output} />;
}

/** The rows of the output above: of the shown run, else as an earlier one left them; else how to get them. */
function Rows({ source, output }: { source: GraphNode; output: PortSpec }) {
  const catalog = useCatalog();
  const title = nodeName(catalog, source);
  const shown = useNodeRun(source.id);
  const stale = useStaleReason(source.id);
  const experiment = useEditor((state) => state.id) ?? "";
  const latest = useLatestRun()?.number ?? 0;
  const readOnly = useReadOnly();
  const nothing = !shown && datasetOf(catalog, source) === null;
  const earlier = useQuery({
    ...lastLeftQuery(experiment, source.id, latest),
    enabled: nothing && latest > 0 && !readOnly,
  }).data?.[output.name];
  return (
    <>
      <p className={classes.from}>
        {output.label} of {title}
        {earlier ? `, as run ${earlier.run} left it` : ""}
        {shown && stale ? <span className={classes.stale}> Not up to date: {stale}</span> : null}
      </p>
      <div className={classes.view}>
        {earlier ? (
          <OutputView artifact={earlier.artifact} type={earlier.type} label={output.label} />
        ) : nothing ? (
          <NotRunYet source={source.id} title={title} />
        ) : (
          <PortView node={source} port={output} />
        )}
      </div>
    </>
  );
}

function NotRunYet({ source, title }: { source: string; title: string }) {
  const readOnly = useReadOnly();
  const waiting = useStarting((state) => state.starting);
  const underWay = isUnderWay(useLatestRun());
  return (
    <EmptyState
      title={readOnly ? "No rows in this run" : "No rows yet"}
      actions={
        readOnly ? null : (
          <Button size="xs" loading={waiting} disabled={underWay} onClick={() => void runUntil([source])}>
            Run to {title}
          </Button>
        )
      }
    >
      {readOnly
        ? `${title} was no part of this run, or left nothing.`
        : `${title} has not run. Run the experiment down to it to see its rows here.`}
    </EmptyState>
  );
}
