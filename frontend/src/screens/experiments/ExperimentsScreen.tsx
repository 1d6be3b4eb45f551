import { Button } from "@mantine/core";
import { IconFileImport, IconPlus, IconSchema, IconSearchOff } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { experimentsQuery } from "../../api/experiments";
import type { ExperimentItem } from "../../api/types";
import { EmptyState } from "../../ui/EmptyState";
import { FilesButton } from "../../ui/FilesButton";
import { ListPage } from "../../ui/ListPage";
import { Loading } from "../../ui/Loading";
import { ProblemMessage } from "../../ui/ProblemMessage";
import { SearchBox } from "../../ui/SearchBox";
import { useTitle } from "../../ui/useTitle";
import { ExperimentsTable } from "./ExperimentsTable";
import { UnderWay } from "./UnderWay";
import { importExperiments } from "./importExperiments";
import { useNewExperiment } from "./useNewExperiment";

const matching = (items: readonly ExperimentItem[], search: string): ExperimentItem[] => {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return items.filter((item) => {
    const text = `${item.name} ${item.description}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
};

export function ExperimentsScreen() {
  useTitle("Experiments");
  const experiments = useQuery(experimentsQuery());
  const [search, setSearch] = useState("");
  const all = experiments.data;
  const found = useMemo(() => matching(all ?? [], search), [all, search]);
  const create = useNewExperiment(all);

  const newButton = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => create.mutate()} loading={create.isPending}>
      New experiment
    </Button>
  );
  const importButton = (
    <FilesButton accept=".json,application/json" onFiles={(files) => void importExperiments(files)}>
      {(props) => (
        <Button variant="default" leftSection={<IconFileImport size={16} />} {...props}>
          Import
        </Button>
      )}
    </FilesButton>
  );

  return (
    <ListPage
      title="Experiments"
      total={all?.length}
      shown={all && found.length}
      tools={
        <>
          {all?.length ? <SearchBox label="Search experiments" value={search} onChange={setSearch} /> : null}
          {importButton}
          {all?.length === 0 ? null : newButton}
        </>
      }
    >
      <UnderWay />
      {experiments.isError && !all ? (
        <ProblemMessage
          title="Could not load the experiments"
          error={experiments.error}
          onRetry={() => void experiments.refetch()}
        />
      ) : !all ? (
        <Loading label="Loading experiments…" />
      ) : all.length === 0 ? (
        <EmptyState
          icon={<IconSchema size={24} stroke={1.5} />}
          title="No experiments yet"
          actions={newButton}
        >
          Start with an empty canvas, or drop an experiment file (.studio.json) anywhere on this page.
        </EmptyState>
      ) : found.length === 0 ? (
        <EmptyState
          icon={<IconSearchOff size={24} stroke={1.5} />}
          title={`No experiment matches “${search.trim()}”`}
          actions={
            <Button variant="default" onClick={() => setSearch("")}>
              Clear the search
            </Button>
          }
        />
      ) : (
        <ExperimentsTable items={found} />
      )}
    </ListPage>
  );
}
