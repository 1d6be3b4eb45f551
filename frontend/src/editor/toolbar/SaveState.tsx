import { IconAlertTriangle, IconCloudCheck, IconCloudUp } from "@tabler/icons-react";
import { saveNow } from "../store/autosave";
import { useEditor } from "../store/store";
import classes from "./Toolbar.module.css";

/** Whether the server has what is on the screen. */
export function SaveState() {
  const save = useEditor((state) => state.save);
  const conflict = useEditor((state) => state.conflict !== null);
  if (conflict || save.kind === "failed") {
    const reason = save.kind === "failed" ? save.reason : "another tab saved a newer version.";
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
