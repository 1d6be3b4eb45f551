import { SegmentedControl } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { networkQuery, networkRecordsQuery } from "../../api/network";
import { EmptyState } from "../../ui/EmptyState";
import { ListPage } from "../../ui/ListPage";
import { Loading } from "../../ui/Loading";
import { Pages } from "../../ui/Pages";
import { ProblemMessage } from "../../ui/ProblemMessage";
import { SearchBox } from "../../ui/SearchBox";
import { useTitle } from "../../ui/useTitle";
import list from "../../ui/ListNotes.module.css";
import { RecordTable } from "./RecordTable";

const SIZE = 50;
const SHOWN = [
  { value: "all", label: "All" },
  { value: "refused", label: "Refused" },
];

/** Which hosts the administrator allows, and which node reached which of them. */
export function NetworkScreen() {
  useTitle("Network");
  const [page, go] = useState(1);
  const [search, setSearch] = useState("");
  const [shown, show] = useState("all");
  const [asked] = useDebouncedValue(search.trim(), 250);
  const refused = shown === "refused";
  const about = useQuery(networkQuery());
  const records = useQuery(
    networkRecordsQuery({ search: asked, refused, offset: (page - 1) * SIZE, limit: SIZE }),
  );
  const failed = about.error ?? records.error;
  const pages = Math.max(1, Math.ceil((records.data?.total ?? 0) / SIZE));
  return (
    <ListPage
      title="Network"
      total={records.data?.total}
      tools={
        <>
          <SegmentedControl
            size="sm"
            aria-label="Which are shown"
            data={SHOWN}
            value={shown}
            onChange={(to) => {
              show(to);
              go(1);
            }}
          />
          <SearchBox
            label="Search hosts and nodes"
            value={search}
            onChange={(to) => {
              setSearch(to);
              go(1);
            }}
          />
        </>
      }
    >
      {about.data && records.data ? (
        <>
          <p className={list.note}>
            {allowedText(about.data.allowed)} {whoseText(about.data.everybody)}
          </p>
          {records.data.items.length > 0 ? (
            <RecordTable records={records.data.items} everybody={about.data.everybody} />
          ) : asked || refused ? (
            <p className={list.note}>Nothing in the record is like that.</p>
          ) : (
            <EmptyState title="Nothing has gone through the network">
              A node reaches hosts that its Network names, if the administrator allows them. Each is written
              down here for 90 days.
            </EmptyState>
          )}
          <Pages
            page={page}
            pages={pages}
            go={go}
            from={(page - 1) * SIZE}
            total={records.data.total}
            shown={records.data.items}
          />
        </>
      ) : failed ? (
        <ProblemMessage
          title="Could not load the record"
          error={failed}
          onRetry={() => {
            void about.refetch();
            void records.refetch();
          }}
        />
      ) : (
        <Loading label="Loading the record…" />
      )}
    </ListPage>
  );
}

const allowedText = (allowed: readonly string[]): string =>
  allowed.length > 0
    ? `Nodes may ask for ${allowed.join(", ")} (setting STUDIO_NETWORK_ALLOW).`
    : "No host is allowed: the administrator names them in STUDIO_NETWORK_ALLOW.";

const whoseText = (everybody: boolean): string =>
  everybody ? "The record is of everybody’s nodes." : "The record is of your nodes.";
