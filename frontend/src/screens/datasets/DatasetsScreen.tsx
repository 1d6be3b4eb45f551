import { IconDatabase } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { datasetsQuery } from "../../api/datasets";
import type { Dataset } from "../../api/types";
import { EmptyState } from "../../ui/EmptyState";
import { loadAhead } from "../../ui/loadAhead";
import { ListPage } from "../../ui/ListPage";
import { Loading } from "../../ui/Loading";
import { ProblemMessage } from "../../ui/ProblemMessage";
import { SearchBox } from "../../ui/SearchBox";
import { useTitle } from "../../ui/useTitle";
import { NothingHere } from "../shelf/NothingHere";
import { ShelfBar } from "../shelf/ShelfBar";
import { useShelf } from "../shelf/useShelf";
import { usePastedTables } from "../../library/uploads/paste";
import { DatasetsTable } from "./DatasetsTable";
import { loadDatasetScreen } from "./prefetchDataset";
import { UploadButton } from "./UploadButton";

const described = ({ description, type }: Dataset) => `${description} ${type}`;

export function DatasetsScreen() {
  useTitle("Datasets");
  usePastedTables();
  useEffect(() => loadAhead([loadDatasetScreen]), []);
  const datasets = useQuery(datasetsQuery());
  // One row a name: its newest version. The older ones are on the dataset's own page.
  const latest = useMemo(
    () => datasets.data?.filter(({ latest, state }) => latest || state !== "ready"),
    [datasets.data],
  );
  const shelf = useShelf(latest, described);
  const { items: found, search, setSearch } = shelf;

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
      <ShelfBar kind="datasets" root="Datasets" shelf={shelf} />
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
        <NothingHere what="dataset" shelf={shelf} />
      ) : (
        <DatasetsTable items={found} />
      )}
    </ListPage>
  );
}
