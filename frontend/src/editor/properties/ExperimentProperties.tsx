import { Textarea } from "@mantine/core";
import { memo } from "react";
import { useShownHead } from "../run/hooks";
import { StateBadge } from "../../ui/StateBadge";
import { When } from "../../ui/When";
import { plural } from "../../ui/words";
import { edit } from "../store/edit";
import { shownGraph, useEditor, useReadOnly } from "../store/store";
import classes from "./PropertiesPanel.module.css";

/** The experiment itself, while no node is selected. Drawn only when it changes: a text field measures itself
 * each time, and the whole page with it. */
export const ExperimentProperties = memo(function ExperimentProperties() {
  const name = useEditor((state) => (state.viewedRun ?? state.draft).name);
  const description = useEditor((state) => (state.viewedRun ?? state.draft).description ?? "");
  const nodes = useEditor((state) => shownGraph(state).nodes.length);
  const wires = useEditor((state) => shownGraph(state).wires.length);
  const readOnly = useReadOnly();
  return (
    <>
      <section className={classes.section} aria-label="Experiment">
        <h2 className={classes.title}>{name}</h2>
        <Textarea
          label="Description"
          placeholder="What this experiment is for"
          size="xs"
          autosize
          minRows={3}
          maxRows={12}
          value={description}
          readOnly={readOnly}
          onChange={(event) => {
            const text = event.currentTarget.value;
            edit("Describe the experiment", (draft) => ({ ...draft, description: text }), {
              burst: "description",
            });
          }}
        />
        <dl className={classes.facts}>
          <dt>Graph</dt>
          <dd>
            {plural(nodes, "node")}, {plural(wires, "wire")}
          </dd>
          <ShownRun />
        </dl>
      </section>
      <p className={`${classes.section} ${classes.text}`}>
        Select a node to set its parameters and to see its results.
      </p>
    </>
  );
});

/** Apart, since it is drawn with every piece of news of a run. */
function ShownRun() {
  const run = useShownHead();
  const readOnly = useReadOnly();
  if (!run) return null;
  return (
    <>
      <dt>{readOnly ? `Run ${run.number}` : "Last run"}</dt>
      <dd>
        <StateBadge state={run.state} />{" "}
        <span className={classes.muted}>
          <When at={run.created} />
        </span>
      </dd>
    </>
  );
}
