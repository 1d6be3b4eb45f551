import { Button } from "@mantine/core";
import { IconDatabase, IconSearchOff } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { datasetsQuery } from "../../api/datasets";
import type { Dataset } from "../../api/types";
import { EmptyState } from "../../ui/EmptyState";
import { ListPage } from "../../ui/ListPage";
import { Loading } from "../../ui/Loading";
import { ProblemMessage } from "../../ui/ProblemMessage";
import { SearchBox } from "../../ui/SearchBox";
import { useTitle } from "../../ui/useTitle";
import { usePastedTables } from "../uploads/paste";
import { DatasetsTable } from "./DatasetsTable";
import { UploadButton } from "./UploadButton";

const matching = (items: readonly Dataset[], search: string): Dataset[] => {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return items.filter((item) => {
    const text = `${item.name} ${item.description} ${item.type}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
};

export function DatasetsScreen() {
  useTitle("Datasets");
  usePastedTables();
  const datasets = useQuery(datasetsQuery());
  const [search, setSearch] = useState("");
  // One row a name: its newest version. The older ones are on the dataset's own page.
  const latest = useMemo(
    () => datasets.data?.filter(({ latest, state }) => latest || state !== "ready"),
    [datasets.data],
  );
  const found = useMemo(() => matching(latest ?? [], search), [latest, search]);

  return (
    <ListPage
      title="Datasets"
      total={latest?.length}
      shown={latest && found.length}
      tools={
        <>
          {latest?.length ? <SearchBox label="Search datasets" value={search} onChange={setSearch} /> : null}
          {latest?.length === 0 ? null : <UploadButton />}
        </>
      }
    >
      {datasets.isError && !latest ? (
        <ProblemMessage
          title="Could not load the datasets"
          error={datasets.error}
          onRetry={() => void datasets.refetch()}
        />
      ) : !latest ? (
        <Loading label="Loading datasets…" />
      ) : latest.length === 0 ? (
        <EmptyState
          icon={<IconDatabase size={24} stroke={1.5} />}
          title="No datasets yet"
          actions={<UploadButton />}
        >
          Upload a CSV, TSV, Excel, Parquet, JSON lines, text or zip file, drop files or folders anywhere on
          the page, or paste a table that you copied from a spreadsheet.
        </EmptyState>
      ) : found.length === 0 ? (
        <EmptyState
          icon={<IconSearchOff size={24} stroke={1.5} />}
          title={`No dataset matches “${search.trim()}”`}
          actions={
            <Button variant="default" onClick={() => setSearch("")}>
              Clear the search
            </Button>
          }
        />
      ) : (
        <DatasetsTable items={found} />
      )}
    </ListPage>
  );
}
