import { Tabs } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { IconEqual, IconX } from "@tabler/icons-react";
import { Link } from "react-router";
import { nodeLogQuery } from "../../api/runs";
import type { ModuleSpec, NodeRun, Run } from "../../api/types";
import { outputSize } from "../../results/wireTypes";
import { EmptyState } from "../../ui/EmptyState";
import { IconButton } from "../../ui/IconButton";
import { Loading } from "../../ui/Loading";
import { OutputView } from "../../results/views/OutputView";
import { ProblemMessage } from "../../ui/ProblemMessage";
import { StateBadge } from "../../ui/StateBadge";
import { TextDiff } from "../../ui/TextDiff";
import { comparePath } from "../../results/comparePath";
import { Compared } from "../tables/TablesScreen";
import classes from "./NodeResults.module.css";
import { OneRow } from "./OneRow";
import { portPairs, type PortPair } from "./results";

interface Props {
  node: string;
  name: string;
  module: ModuleSpec | undefined;
  before: Run;
  after: Run;
  onClose: () => void;
}

const LOG = "log";

/** What one node left in two runs, side by side: a tab for each output, and one for what it printed. */
export function NodeResults({ node, name, module, before, after, onClose }: Props) {
  const [was, is] = [before.nodes[node], after.nodes[node]];
  const pairs = portPairs(was, is);
  const label = (port: string) => module?.outputs.find((one) => one.name === port)?.label ?? port;
  const first = (pairs.find(({ isSame }) => !isSame) ?? pairs[0])?.port ?? LOG;
  return (
    <section aria-label={`Results of ${name}`} className={classes.panel}>
      <Tabs
        defaultValue={first}
        keepMounted={false}
        classNames={{ root: classes.tabs ?? "", list: classes.list ?? "", panel: classes.body ?? "" }}
      >
        <div className={classes.head}>
          <h2 className={classes.title}>{name}</h2>
          <States was={was} is={is} />
          <Tabs.List aria-label={`Results of ${name}`}>
            {pairs.map(({ port, isSame }) => (
              <Tabs.Tab
                key={port}
                value={port}
                rightSection={isSame ? <IconEqual size={13} aria-label="the same" /> : null}
              >
                {label(port)}
              </Tabs.Tab>
            ))}
            <Tabs.Tab value={LOG}>Log</Tabs.Tab>
          </Tabs.List>
          <Close onClose={onClose} />
        </div>
        {pairs.map((pair) => (
          <Tabs.Panel key={pair.port} value={pair.port}>
            <Pair
              pair={pair}
              label={label(pair.port)}
              names={[`run ${before.number}`, `run ${after.number}`]}
            />
          </Tabs.Panel>
        ))}
        <Tabs.Panel value={LOG}>
          <Logs node={node} before={before} after={after} />
        </Tabs.Panel>
      </Tabs>
    </section>
  );
}

const Close = ({ onClose }: Pick<Props, "onClose">) => (
  <span className={classes.close}>
    <IconButton label="Close the results" size={24} onClick={onClose}>
      <IconX size={15} />
    </IconButton>
  </span>
);

function States({ was, is }: { was: NodeRun | undefined; is: NodeRun | undefined }) {
  if (was?.state === is?.state) return null;
  const one = (run: NodeRun | undefined) => (run ? <StateBadge state={run.state} /> : "no part of the run");
  return (
    <span className={classes.states}>
      {one(was)} → {one(is)}
    </span>
  );
}

interface PairProps {
  pair: PortPair;
  label: string;
  names: [string, string];
}

/** One output in both runs: tables by their rows and columns, all else side by side. */
function Pair({ pair: { before, after, isSame }, label, names: [old, now] }: PairProps) {
  if (!before || !after) {
    const left = before ?? after;
    return (
      <Sides
        sides={[
          [
            old,
            before && left ? <OutputView artifact={left.artifact} type={left.type} label={label} /> : null,
          ],
          [
            now,
            after && left ? <OutputView artifact={left.artifact} type={left.type} label={label} /> : null,
          ],
        ]}
      />
    );
  }
  if (isSame) {
    return (
      <>
        <p className={classes.line}>The same in both runs: {outputSize(after)}.</p>
        <div className={classes.rest}>
          <OutputView artifact={after.artifact} type={after.type} label={label} />
        </div>
      </>
    );
  }
  if (before.type === "table" && after.type === "table") {
    const names = { old: `${label}, ${old}`, new: `${label}, ${now}` };
    return (
      <>
        <p className={classes.line}>
          {outputSize(before)} → {outputSize(after)}
          <Link
            to={comparePath(
              { artifact: before.artifact, name: names.old },
              { artifact: after.artifact, name: names.new },
            )}
            className={classes.link}
          >
            Compare by a key
          </Link>
        </p>
        {before.rows === 1 && after.rows === 1 ? (
          <OneRow before={before.artifact} after={after.artifact} names={[old, now]} />
        ) : (
          <div className={classes.rest}>
            <Compared old={before.artifact} other={after.artifact} names={names} keys={[]} />
          </div>
        )}
      </>
    );
  }
  return (
    <Sides
      sides={[
        [
          old,
          <OutputView key="old" artifact={before.artifact} type={before.type} label={`${label}, ${old}`} />,
        ],
        [
          now,
          <OutputView key="new" artifact={after.artifact} type={after.type} label={`${label}, ${now}`} />,
        ],
      ]}
    />
  );
}

function Sides({ sides }: { sides: [name: string, view: React.ReactNode][] }) {
  return (
    <div className={classes.sides}>
      {sides.map(([name, view]) => (
        <section key={name} aria-label={name} className={classes.side}>
          <h3 className={classes.sideName}>{name}</h3>
          {view ?? <EmptyState title="Nothing">The node left nothing here in {name}.</EmptyState>}
        </section>
      ))}
    </div>
  );
}

function Logs({ node, before, after }: { node: string; before: Run; after: Run }) {
  const [was, is] = [useNodeText(before, node), useNodeText(after, node)];
  const error = was.error ?? is.error;
  if (error) return <ProblemMessage title="A log could not be loaded" error={error} />;
  if (was.text === undefined || is.text === undefined) return <Loading label="Loading both logs…" />;
  if (was.text === is.text)
    return (
      <p className={classes.line}>{was.text ? "Both printed the same." : "Neither printed anything."}</p>
    );
  return (
    <div className={classes.log}>
      <TextDiff
        label={`What it printed, run ${before.number} → run ${after.number}`}
        before={was.text}
        after={is.text}
      />
    </div>
  );
}

/** Beyond this many characters a log is compared by its beginning. */
const MOST = 100_000;

/** What a node printed in a run; nothing where it was no part of it. */
function useNodeText(run: Run, node: string): { text: string | undefined; error: unknown } {
  const isPart = node in run.nodes;
  const { data, error } = useQuery({ ...nodeLogQuery(run.id, node, run.finished !== null), enabled: isPart });
  const text = data?.parts.map((part) => part.text).join("");
  if (!isPart) return { text: "", error: null };
  return {
    text: text && text.length > MOST ? `${text.slice(0, MOST)}\n… the rest is not compared` : text,
    error,
  };
}
