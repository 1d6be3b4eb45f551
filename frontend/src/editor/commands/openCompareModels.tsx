import { Button, Group, MultiSelect, Select } from "@mantine/core";
import { modals } from "@mantine/modals";
import { useQueries, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { datasetsQuery } from "../../api/datasets";
import { runQuery, runsQuery } from "../../api/runs";
import { modelsPath } from "../../results/modelsPath";
import { shownRunId } from "../../runs/shown";
import { ago } from "../../ui/words";
import { currentCatalog } from "../store/catalog";
import { useEditor } from "../store/store";
import { goTo } from "../window/host";
import { inRuns, readChoice, scoredFirst, tablesOf, type Choice } from "./comparable";

/** Asks which models lie side by side, and what they score. `first`: a model that is among them. */
export function openCompareModels(first?: string): void {
  const id = modals.open({
    title: "Compare models",
    children: <Choose first={first} onDone={() => modals.close(id)} />,
  });
}

const RUNS = 30;

function Choose({ first, onDone }: { first: string | undefined; onDone: () => void }) {
  const experiment = useEditor((state) => state.id) ?? "";
  const shown = shownRunId();
  const [chosenRuns, setRuns] = useState(shown === null ? [] : [shown]);
  const runs =
    useQuery({ ...runsQuery(experiment, { limit: RUNS }), enabled: experiment !== "" }).data?.items ?? [];
  const details = useQueries({ queries: chosenRuns.map((id) => runQuery(id)) }).flatMap(({ data }) =>
    data ? [data] : [],
  );
  const datasets = useQuery(datasetsQuery()).data ?? [];
  const catalog = currentCatalog();
  const found = inRuns(details, catalog);
  const kept: Choice[] = datasets.flatMap(({ artifact, kind, name }) =>
    artifact && kind === "model" ? [{ value: `model:${artifact}:${name}`, label: name }] : [],
  );
  const offered = [...found.models, ...kept, ...found.scored];
  const [picked, setPicked] = useState<string[] | null>(null);
  const items =
    picked ??
    offered.filter(({ value }) => first && value.startsWith(`model:${first}:`)).map(({ value }) => value);
  const tables: Choice[] = [
    ...tablesOf(details, catalog),
    ...datasets.flatMap(({ artifact, kind, name }) =>
      artifact && kind === "table" ? [{ value: `${artifact}:${name}`, label: name }] : [],
    ),
  ];
  const [table, setTable] = useState<string | null | undefined>(undefined);
  const over = table === undefined ? scoredFirst(details, tables) : table;
  const needsTable = items.some((value) => value.startsWith("model:"));
  const [artifact = "", ...name] = (over ?? "").split(":");
  return (
    <>
      <MultiSelect
        label="Runs"
        description="Their models and scored datasets are offered below."
        data={runs.map(({ id, number, created }) => ({
          value: id,
          label: `Run ${number} · ${ago(created)}`,
        }))}
        value={chosenRuns}
        onChange={setRuns}
        searchable
      />
      <MultiSelect
        mt="sm"
        label="Models"
        placeholder={items.length === 0 ? "Choose two or more" : ""}
        data={[
          { group: "Trained models", items: found.models },
          { group: "Kept models", items: kept },
          { group: "Scored datasets", items: found.scored },
        ].filter(({ items: some }) => some.length > 0)}
        value={items}
        onChange={setPicked}
        limit={200}
        searchable
        data-autofocus
        nothingFoundMessage="These runs left no other model."
      />
      {needsTable ? (
        <Select
          mt="sm"
          label="Scored on"
          placeholder="Choose a table with the label"
          data={tables}
          value={over ?? null}
          onChange={setTable}
          limit={200}
          searchable
          nothingFoundMessage="There is no such table."
        />
      ) : null}
      <Group justify="flex-end" mt="md" gap="xs">
        <Button variant="default" onClick={onDone}>
          Cancel
        </Button>
        <Button
          disabled={items.length === 0 || (needsTable && !artifact)}
          onClick={() => {
            onDone();
            goTo(
              modelsPath({
                items: items.map(readChoice),
                table: needsTable ? { artifact, name: name.join(":") } : undefined,
              }),
            );
          }}
        >
          Compare
        </Button>
      </Group>
    </>
  );
}
