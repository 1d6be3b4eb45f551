import { IconAlertTriangle, IconCloudCheck, IconCloudUp } from "@tabler/icons-react";
import { saveNow } from "../store/autosave";
import { saveState, useEditor } from "../store/store";
import classes from "./Toolbar.module.css";

const CONFLICTS = {
  newer: "the same was changed elsewhere.",
  deleted: "this experiment was deleted elsewhere.",
};

/** Whether the server has what is on the screen. */
export function SaveState() {
  const save = useEditor(saveState);
  const conflict = useEditor((state) => state.conflict?.kind);
  if (conflict || save.kind === "failed") {
    const reason = conflict ? CONFLICTS[conflict] : save.kind === "failed" ? save.reason : "";
    return (
      <span
        role="status"
        aria-label="Save state"
        className={classes.save}
        data-kind="failed"
        title={`Not saved: ${reason}`}
      >
        <IconAlertTriangle size={16} stroke={1.75} aria-hidden />
        <span className={classes.saveText}>Not saved: {reason}</span>
        <button type="button" className={classes.link} onClick={() => void saveNow()}>
          Save now
        </button>
      </span>
    );
  }
  const Icon = save.kind === "saved" ? IconCloudCheck : IconCloudUp;
  return (
    <span role="status" aria-label="Save state" className={classes.save} data-kind={save.kind}>
      <Icon size={16} stroke={1.75} aria-hidden />
      <span className={classes.saveWord}>{save.kind === "saved" ? "Saved" : "Saving…"}</span>
    </span>
  );
}
