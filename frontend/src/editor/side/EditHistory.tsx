import { VisuallyHidden } from "@mantine/core";
import { useEffect, useRef } from "react";
import { useTick } from "../../ui/useTick";
import { ago } from "../../ui/words";
import { allSteps, travel } from "../store/edit";
import { useEditor } from "../store/store";
import classes from "./SidePanel.module.css";

/** Every step of undo, newest first; a click goes to how things were after it. */
export function EditHistory() {
  useTick();
  const past = useEditor((state) => state.past);
  const future = useEditor((state) => state.future);
  const steps = allSteps({ past, future });
  const now = past.length;
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-current="step"]')?.scrollIntoView({ block: "nearest" });
  }, [now]);
  if (steps.length === 0)
    return (
      <p className={classes.empty}>
        What you change is listed here, and every step can be gone back to, also after a reload.
      </p>
    );
  return (
    <ol ref={list} aria-label="Edits, newest first" reversed className={classes.list}>
      {steps
        .map((step, index) => (
          <Row
            key={index}
            label={step.label}
            when={ago(new Date(step.at).toISOString())}
            at={index + 1}
            now={now}
          />
        ))
        .reverse()}
      <Row label="Before these edits" when="" at={0} now={now} />
    </ol>
  );
}

function Row({ label, when, at, now }: { label: string; when: string; at: number; now: number }) {
  return (
    <li>
      <button
        type="button"
        className={classes.row}
        aria-current={at === now ? "step" : undefined}
        data-undone={at > now}
        onClick={() => travel(at)}
      >
        <span className={classes.grow}>
          {label}
          {at > now ? <VisuallyHidden> (undone)</VisuallyHidden> : null}
        </span>
        <span className={classes.muted}>{when}</span>
      </button>
    </li>
  );
}
