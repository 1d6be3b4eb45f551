import { Button } from "@mantine/core";
import { IconFileImport, IconPlus, IconSchool } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useMemo } from "react";
import { Link } from "react-router";
import { experimentsQuery } from "../../api/experiments";
import type { ExperimentItem } from "../../api/types";
import { FilesButton } from "../../ui/FilesButton";
import { ListPage } from "../../ui/ListPage";
import { Loading } from "../../ui/Loading";
import { ProblemMessage } from "../../ui/ProblemMessage";
import { SearchBox } from "../../ui/SearchBox";
import { useTitle } from "../../ui/useTitle";
import { NothingHere } from "../shelf/NothingHere";
import { ShelfBar } from "../shelf/ShelfBar";
import { useShelf } from "../shelf/useShelf";
import { ExperimentsTable } from "./ExperimentsTable";
import classes from "./ExperimentsScreen.module.css";
import { UnderWay } from "./UnderWay";
import { importExperiments } from "../../library/importExperiments";
import { useNewExperiment } from "./useNewExperiment";

// With the pictures' router of wires, which lists need not.
const Greeting = lazy(async () => ({ default: (await import("./Greeting")).Greeting }));

/** A sample that nobody changed or ran: it stands on its card, and is no work of anybody's. */
const untouched = ({ sample, revision, last_run }: ExperimentItem) => sample && revision === 1 && !last_run;

const described = ({ description }: ExperimentItem) => description;

export function ExperimentsScreen() {
  useTitle("Experiments");
  const experiments = useQuery(experimentsQuery());
  const all = experiments.data;
  const shelf = useShelf(all, described);
  const { items: found, search, setSearch } = shelf;
  const create = useNewExperiment(all);
  // Somebody who has only looked at samples is still new here.
  const greets = all?.every(({ sample }) => sample) ?? false;
  const touched = useMemo(() => all?.filter((item) => !untouched(item)) ?? [], [all]);

  const newButton = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => create.mutate()} loading={create.isPending}>
      New experiment
    </Button>
  );
  const samplesButton = (
    <Button variant="default" component={Link} to="/samples" leftSection={<IconSchool size={16} />}>
      Samples
    </Button>
  );
  const importButton = (
    <FilesButton
      accept=".json,.py,.ipynb,application/json"
      onFiles={(files) => void importExperiments(files)}
    >
      {(props) => (
        <Button variant="default" leftSection={<IconFileImport size={16} />} {...props}>
          Import
        </Button>
      )}
    </FilesButton>
  );

  return (
    <ListPage
      title={greets ? "Welcome to Studio" : "Experiments"}
      total={greets ? undefined : all?.length}
      shown={all && found.length}
      tools={
        <>
          {all?.length && !greets ? (
            <SearchBox label="Search experiments" value={search} onChange={setSearch} />
          ) : null}
          {greets || !all ? null : samplesButton}
          {importButton}
          {greets ? null : newButton}
        </>
      }
    >
      <UnderWay />
      {greets ? null : <ShelfBar kind="experiments" root="Experiments" shelf={shelf} />}
      {experiments.isError && !all ? (
        <ProblemMessage
          title="Could not load the experiments"
          error={experiments.error}
          onRetry={() => void experiments.refetch()}
        />
      ) : !all ? (
        <Loading label="Loading experiments…" />
      ) : greets ? (
        <Suspense fallback={<Loading label="Loading samples…" />}>
          <Greeting onNew={() => create.mutate()} making={create.isPending} />
          {touched.length > 0 ? (
            <section aria-labelledby="yours">
              <h2 id="yours" className={classes.heading}>
                Opened so far
              </h2>
              <ExperimentsTable items={touched} />
            </section>
          ) : null}
        </Suspense>
      ) : found.length === 0 ? (
        <NothingHere what="experiment" shelf={shelf} />
      ) : (
        <ExperimentsTable items={found} />
      )}
    </ListPage>
  );
}
