import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { captureQuery, type Capture } from "../../api/services";
import { marksOf } from "../../graph/serviceParameters";
import { Loading } from "../../ui/Loading";
import { ProblemMessage } from "../../ui/ProblemMessage";
import { useLatestRun } from "../run/hooks";
import { useEditor } from "../store/store";
import { useLayout } from "../window/layout";
import { lightService } from "../window/serviceView";
import { CaptureProblems } from "./CaptureProblems";
import { firstEnds, isWhole, modulesOf, nodesOf, type Side } from "./chosenEnds";
import { ChosenEnds } from "./ChosenEnds";
import { Ends } from "./Ends";
import { Parameters } from "./Parameters";
import { PublishedAs } from "./PublishedAs";
import { PublishForm } from "./PublishForm";
import { ServiceSwitch } from "../canvas/ServiceSwitch";
import { changeWish, publishWish, useWish } from "./wish";
import classes from "./ServicePanel.module.css";

const OUTPUT = "web-service-output";
const SIDES = ["inputs", "outputs"] as const;
/** Milliseconds: a name is being typed. */
const TYPING = 300;

/** The experiment as a service: what its latest finished run would answer calls with, and what stands in the way. */
export function ServicePanel() {
  const id = useEditor((state) => state.id) ?? "";
  const narrow = useLayout((layout) => layout.narrow);
  const wish = useWish(id);
  const chosen = useMemo(() => publishWish(wish), [wish]);
  const [asked] = useDebouncedValue(chosen, TYPING);
  const capture = useQuery({ ...captureQuery(id, asked, useAsOf()), placeholderData: keepPreviousData });
  const { data } = capture;
  useEffect(() => {
    if (!data) return;
    // Where rows enter and leave computes nothing, so that it is no step of a call; they go through it all the same.
    const outputs = useEditor.getState().draft.nodes.filter(({ module }) => module === OUTPUT);
    const places = SIDES.flatMap((side) => nodesOf(wish[side] ?? []));
    lightService([...data.path, ...outputs.map((node) => node.id), ...places], data.constant);
  }, [data, wish]);
  useEffect(() => {
    if (data && !capture.isPlaceholderData) begin(id, data, wish);
  }, [id, data, wish, capture.isPlaceholderData]);
  return (
    <div className={classes.panel}>
      {narrow ? <ServiceSwitch /> : null}
      <h2 className={classes.title}>Web service</h2>
      <PublishedAs experiment={id} />
      {capture.error && !data ? (
        <ProblemMessage
          title="It cannot be published yet"
          error={capture.error}
          onRetry={() => void capture.refetch()}
        />
      ) : !data ? (
        <Loading label="Looking at the latest run…" />
      ) : (
        <>
          <p className={classes.note}>
            Taken from run {data.run_number}. A call goes through the lit nodes. What the others left in the
            run is kept, and computed no more.
          </p>
          {data.notes.map((note) => (
            <p key={note} className={classes.note}>
              {note}
            </p>
          ))}
          {SIDES.map((side) => (
            <ChosenEnds
              key={side}
              side={side}
              capture={data}
              ends={wish[side] ?? []}
              onChange={(ends) => changeWish(id, { [side]: ends })}
            />
          ))}
          <CaptureProblems
            problems={data.problems}
            onMend={(node) => changeWish(id, { mend: [...wish.mend, node] })}
          />
          <Ends title="Input" ends={data.inputs} />
          <Ends title="Output" ends={data.outputs} />
          <Parameters capture={data} />
          <PublishForm
            experiment={id}
            wish={chosen}
            unfit={
              data.problems.length > 0 ||
              chosen !== asked ||
              SIDES.some((side) => !isWhole(wish[side] ?? [], taken(data, side)))
            }
          />
        </>
      )}
    </div>
  );
}

const taken = (data: Capture, side: Side) => modulesOf(data, side).map(({ name }) => name);

/** Where nobody has chosen, the likely places are: the server takes them only if they are said. */
function begin(id: string, data: Capture, wish: ReturnType<typeof useWish>): void {
  for (const side of SIDES) {
    const first = wish[side] === null ? firstEnds(data, side) : [];
    if (first.length > 0) changeWish(id, { [side]: first });
  }
}

/** What a capture hangs on beside what is chosen: the latest run, and the marks that are saved. */
function useAsOf(): string {
  const run = useLatestRun();
  const saved = useEditor((state) => state.saved);
  const marks = useMemo(() => JSON.stringify(saved.nodes.map(marksOf)), [saved]);
  return `${run?.id} ${run?.state} ${marks}`;
}
