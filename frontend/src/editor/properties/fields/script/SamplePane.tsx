import { Button, SegmentedControl, Switch } from "@mantine/core";
import { useEffect, useRef } from "react";
import { failureText } from "../../../../runs/failureText";
import { CodeText } from "../../../../ui/CodeText";
import { ProblemMessage } from "../../../../ui/ProblemMessage";
import { count, duration } from "../../../../ui/words";
import { ErrorFrames } from "./ErrorFrames";
import { SampleOutputs } from "./SampleOutputs";
import { TRIED_ROWS, tryOnSample, useTried, useTrySettings } from "./trying";
import type { OpenFile } from "./useOpenFile";
import classes from "./Script.module.css";

const PAUSE_MS = 600;

interface Props {
  node: string;
  /** The script as it stands; a change of it is tried, if that is wanted. */
  script: string;
  opened: OpenFile;
}

/** What the script makes of a few rows, beside it: no run, and nothing is kept. */
export function SamplePane({ node, script, opened }: Props) {
  const { random, asTyped } = useTrySettings();
  const busy = useTried((state) => (state.busy[node] ?? 0) > 0);
  const problem = useTried((state) => state.problems[node]);
  useTryAsTyped(node, script, asTyped);
  return (
    <section className={classes.sample} aria-label="Try on a sample">
      <div className={classes.tools}>
        <Button size="compact-xs" loading={busy} onClick={() => void tryOnSample(node)}>
          Try it
        </Button>
        <SegmentedControl
          size="xs"
          aria-label="Which rows"
          value={random ? "random" : "first"}
          onChange={(to) => useTrySettings.setState({ random: to === "random" })}
          data={[
            { value: "first", label: `First ${count(TRIED_ROWS)}` },
            { value: "random", label: `Random ${count(TRIED_ROWS)}` },
          ]}
        />
        <Switch
          size="xs"
          label="As I type"
          checked={asTyped}
          onChange={(event) => useTrySettings.setState({ asTyped: event.currentTarget.checked })}
        />
      </div>
      {problem ? <ProblemMessage title="It was not tried" error={problem} /> : null}
      <Result node={node} opened={opened} />
    </section>
  );
}

function useTryAsTyped(node: string, script: string, wanted: boolean): void {
  const tried = useRef<string | null>(null);
  useEffect(() => {
    if (!wanted || tried.current === script) return;
    const timer = window.setTimeout(() => {
      tried.current = script;
      void tryOnSample(node);
    }, PAUSE_MS);
    return () => window.clearTimeout(timer);
  }, [node, script, wanted]);
}

function Result({ node, opened }: { node: string; opened: OpenFile }) {
  const tried = useTried((state) => state.tried[node]);
  if (!tried)
    return (
      <p className={classes.muted}>
        The node and what it needs above it are run on a few rows. No run comes of it.
      </p>
    );
  const { answer, took } = tried;
  const { failure } = answer;
  return (
    <>
      <p className={classes.muted} role="status">
        {failure ? "Failed" : "Done"} in {duration(took)}
      </p>
      {failure ? (
        <>
          <p className={classes.failed} role="alert">
            <CodeText>{failureText(failure)}</CodeText>
            {failure.node && failure.node !== node ? " This came up at a node above." : ""}
          </p>
          {failure.frames.length > 0 && failure.node === node ? (
            <ErrorFrames frames={failure.frames} onOpen={opened.openFrame} />
          ) : null}
        </>
      ) : null}
      <SampleOutputs answer={answer} />
    </>
  );
}
