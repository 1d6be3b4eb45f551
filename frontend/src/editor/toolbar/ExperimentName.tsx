import { useState } from "react";
import { rename } from "../../graph/edits";
import { InlineRename } from "../../ui/InlineRename";
import { edit } from "../store/edit";
import { useEditor, useReadOnly } from "../store/store";
import classes from "./Toolbar.module.css";

/** The experiment's name; a click makes it a field. */
export function ExperimentName() {
  const name = useEditor((state) => state.draft.name);
  const readOnly = useReadOnly();
  const [renaming, setRenaming] = useState(false);
  if (renaming && !readOnly) {
    return (
      <div className={classes.renaming}>
        <InlineRename
          label="Experiment name"
          name={name}
          onDone={(wanted) => {
            setRenaming(false);
            if (wanted) edit("Rename the experiment", (draft) => rename(draft, wanted));
          }}
        />
      </div>
    );
  }
  return (
    <h1 className={classes.name}>
      <button
        type="button"
        data-action="rename"
        className={classes.nameButton}
        disabled={readOnly}
        title={name}
        aria-label={`${name}, rename`}
        onClick={() => setRenaming(true)}
      >
        {name}
      </button>
    </h1>
  );
}
