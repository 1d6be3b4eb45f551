import { SegmentedControl } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { captureQuery, type PublishWish } from "../../api/services";
import { Loading } from "../../ui/Loading";
import { ProblemMessage } from "../../ui/ProblemMessage";
import { useEditor } from "../store/store";
import { closeServiceView, lightService } from "../window/serviceView";
import { CaptureProblems } from "./CaptureProblems";
import { Ends } from "./Ends";
import { Places, withLikely } from "./Places";
import { PublishedAs } from "./PublishedAs";
import { PublishForm } from "./PublishForm";
import classes from "./ServicePanel.module.css";

const OUTPUT = "web-service-output";

const VIEWS = [
  { value: "experiment", label: "Experiment" },
  { value: "service", label: "Service" },
];

/** The experiment as a service: what its latest finished run would answer calls with, and what stands in the way. */
export function ServicePanel() {
  const id = useEditor((state) => state.id) ?? "";
  const [wish, setWish] = useState<PublishWish>({});
  const capture = useQuery({ ...captureQuery(id, wish), placeholderData: keepPreviousData });
  const { data } = capture;
  useEffect(() => {
    if (!data) return;
    // It computes nothing, so that it is no step of a call; the answer leaves there all the same.
    const ends = useEditor.getState().draft.nodes.filter(({ module }) => module === OUTPUT);
    lightService([...data.path, ...ends.map((node) => node.id)], data.constant);
  }, [data]);
  useEffect(() => {
    if (data && !capture.isPlaceholderData) setWish((now) => withLikely(now, data));
  }, [data, capture.isPlaceholderData]);
  useEffect(() => closeServiceView, []);
  return (
    <div className={classes.panel}>
      <SegmentedControl
        fullWidth
        size="xs"
        aria-label="Show the canvas as"
        data={VIEWS}
        value="service"
        onChange={(view) => view === "experiment" && closeServiceView()}
      />
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
          <Places capture={data} wish={wish} onChange={setWish} />
          <CaptureProblems
            problems={data.problems}
            onMend={(node) => setWish({ ...wish, mend: [...(wish.mend ?? []), node] })}
          />
          <Ends title="Input" ends={data.inputs} />
          <Ends title="Output" ends={data.outputs} />
          {data.parameters.length > 0 ? (
            <Ends title="Parameters" ends={[{ name: "", columns: data.parameters }]} />
          ) : null}
          <PublishForm experiment={id} wish={wish} unfit={data.problems.length > 0} />
        </>
      )}
    </div>
  );
}
