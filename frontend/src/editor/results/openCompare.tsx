import { Button, Group, Select } from "@mantine/core";
import { entryOf } from "../../runs/rolledUp";
import { modals } from "@mantine/modals";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { datasetsQuery } from "../../api/datasets";
import { runQuery, runsQuery } from "../../api/runs";
import { nodeName } from "../../graph/read";
import { wholeOnce } from "../../graph/whole";
import { shownRunId } from "../../runs/shown";
import { comparePath, type Side } from "../../results/comparePath";
import { ago } from "../../ui/words";
import { currentCatalog } from "../store/catalog";
import { goTo } from "../window/host";
import { useEditor } from "../store/store";

interface Port {
  node: string;
  port: string;
  artifact: string;
  label: string;
}

/** Asks with what a port's table is compared: itself in another run, another port, or a dataset. */
export function openCompare(port: Port): void {
  const id = modals.open({
    title: `Compare ${port.label} with`,
    children: <Choose port={port} onDone={() => modals.close(id)} />,
  });
}

const RUNS = 30;

function Choose({ port, onDone }: { port: Port; onDone: () => void }) {
  const experiment = useEditor((state) => state.id) ?? "";
  const shown = shownRunId();
  const runs =
    useQuery({ ...runsQuery(experiment, { limit: RUNS }), enabled: experiment !== "" }).data?.items ?? [];
  const [chosen, choose] = useState<string | null>(null);
  const run = chosen?.startsWith("run:") ? chosen.slice(4) : null;
  const there = useQuery({ ...runQuery(run ?? ""), enabled: run !== null });
  const current = useQuery({ ...runQuery(shown ?? ""), enabled: shown !== null }).data;
  const graph = current && wholeOnce(current.graph);
  const datasets = useQuery(datasetsQuery()).data ?? [];
  const catalog = currentCatalog();

  const others = Object.entries(current?.nodes ?? {}).flatMap(([node, { outputs }]) =>
    Object.entries(outputs).flatMap(([name, output]) => {
      if (output.type !== "table" || (node === port.node && name === port.port)) return [];
      const found = graph?.nodes.find((one) => one.id === node);
      const title = found ? nodeName(catalog, found) : node;
      return [{ value: `port:${output.artifact}:${title}, ${name}`, label: `${title} · ${name}` }];
    }),
  );
  const data = [
    {
      group: "The same port in another run",
      items: runs
        .filter(({ id }) => id !== shown)
        .map(({ id, number, created, state }) => ({
          value: `run:${id}`,
          label: `Run ${number} · ${state} · ${ago(created)}`,
        })),
    },
    { group: "Another port of this run", items: others },
    {
      group: "A dataset",
      items: datasets
        .filter(({ artifact, kind }) => artifact && kind === "table")
        .map(({ artifact, name }) => ({ value: `port:${artifact}:${name}`, label: name })),
    },
  ].filter(({ items }) => items.length > 0);

  const other = otherSide();
  const mine: Side = {
    artifact: port.artifact,
    name: current ? `${port.label}, run ${current.number}` : port.label,
  };

  function otherSide(): Side | null {
    if (chosen?.startsWith("port:")) {
      const [, artifact = "", ...name] = chosen.split(":");
      return { artifact, name: name.join(":") };
    }
    const output = entryOf(there.data, port.node)?.outputs[port.port];
    return output ? { artifact: output.artifact, name: `${port.label}, run ${there.data?.number}` } : null;
  }

  return (
    <>
      <Select
        label="Table"
        placeholder="Choose a table"
        searchable
        limit={200}
        data-autofocus
        data={data}
        value={chosen}
        onChange={choose}
        error={
          run !== null && there.data && !other ? "This run left no table on the port. Choose another." : null
        }
        nothingFoundMessage="There is no other table."
      />
      <Group justify="flex-end" mt="md" gap="xs">
        <Button variant="default" onClick={onDone}>
          Cancel
        </Button>
        <Button
          disabled={!other}
          loading={there.isFetching}
          onClick={() => {
            if (!other) return;
            onDone();
            goTo(comparePath(other, mine));
          }}
        >
          Compare
        </Button>
      </Group>
    </>
  );
}
