import { Button, type ComboboxData, Select } from "@mantine/core";
import { IconArrowRight } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { Link, useNavigate, useParams } from "react-router";
import { runPagesQuery } from "../../api/runs";
import { diffGraphs } from "../../graph/diff";
import { withInsides } from "../../graph/own/insides";
import { Loading } from "../../ui/Loading";
import { ProblemMessage } from "../../ui/ProblemMessage";
import { useTitle } from "../../ui/useTitle";
import { moment } from "../../ui/words";
import { nodeName } from "../../graph/read";
import { ChangeList } from "./ChangeList";
import { CompareCanvas } from "./CompareCanvas";
import { useCatalogOf } from "./useCatalogOf";
import classes from "./CompareScreen.module.css";
import { NodeResults } from "./NodeResults";
import { otherResults } from "./results";
import { DRAFT, useApart, useVersion } from "./useVersion";

/** Two versions of an experiment side by side on one canvas: what came, went, changed and moved. */
export function CompareScreen() {
  const { id = "", from = DRAFT, to = DRAFT } = useParams();
  const navigate = useNavigate();
  const [before, after] = [useVersion(id, from), useVersion(id, to)];
  const [chosen, setChosen] = useState<string | null>(null);
  const history = useInfiniteQuery(runPagesQuery(id));
  useTitle("Compare versions");

  const [old, now] = [before.graph, after.graph];
  const catalog = useCatalogOf(old, now);
  const apart = useApart(from, to);
  const diff = useMemo(
    () => (old && now && apart ? diffGraphs(withInsides(old), withInsides(now), catalog, apart) : null),
    [old, now, catalog, apart],
  );
  const others = useMemo(() => otherResults(before.run, after.run), [before.run, after.run]);
  const node = diff?.find((one) => one.node.id === chosen)?.node;
  const runs = history.data?.pages.flatMap((page) => page.items) ?? [];
  const versions = [
    { value: DRAFT, label: "The draft, as it is now" },
    ...[...runs]
      .sort((a, b) => Number(b.name !== "") - Number(a.name !== ""))
      .map((run) => ({
        value: run.id,
        label: `${run.name ? `${run.name} (run ${run.number})` : `Run ${run.number}`}, ${moment(run.created)}`,
      })),
  ];
  const go = (one: string, other: string) => void navigate(`/experiments/${id}/compare/${one}/${other}`);
  const error = before.error ?? after.error;

  return (
    <div className={classes.screen}>
      <header className={classes.head}>
        <h1 className={classes.title}>Compare</h1>
        <VersionSelect label="Before" versions={versions} value={from} onChoose={(one) => go(one, to)} />
        <IconArrowRight size={16} aria-label="with" />
        <VersionSelect label="After" versions={versions} value={to} onChoose={(other) => go(from, other)} />
        <span className={classes.gap} />
        <Button component={Link} to={`/experiments/${id}`} variant="default">
          Open the experiment
        </Button>
      </header>
      {error ? <ProblemMessage title="A version could not be loaded" error={error} /> : null}
      {!error && !diff ? <Loading label="Loading both versions…" /> : null}
      {diff && old && now ? (
        <div className={classes.body}>
          <div className={classes.middle}>
            <CompareCanvas
              key={`${from} ${to}`}
              before={old}
              after={now}
              diff={diff}
              otherResults={others}
              chosen={chosen}
              isShared={node !== undefined && before.run !== undefined && after.run !== undefined}
              onChoose={setChosen}
            />
            {node && before.run && after.run ? (
              <NodeResults
                key={`${node.id} ${from} ${to}`}
                node={node.id}
                name={nodeName(catalog, node)}
                module={catalog.module(node.module)}
                before={before.run}
                after={after.run}
                onClose={() => setChosen(null)}
              />
            ) : null}
          </div>
          <ChangeList
            diff={diff}
            otherResults={others}
            areRuns={before.run !== undefined && after.run !== undefined}
            before={old}
            after={now}
            chosen={chosen}
            onChoose={setChosen}
          />
        </div>
      ) : null}
    </div>
  );
}

interface VersionSelectProps {
  label: string;
  versions: ComboboxData;
  value: string;
  onChoose: (version: string) => void;
}

const VersionSelect = ({ label, versions, value, onChoose }: VersionSelectProps) => (
  <Select
    aria-label={label}
    className={classes.version ?? ""}
    data={versions}
    value={value}
    allowDeselect={false}
    searchable
    onChange={(chosen) => chosen && onChoose(chosen)}
  />
);
