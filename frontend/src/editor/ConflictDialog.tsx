import { Button, Modal } from "@mantine/core";
import { useState } from "react";
import { ProblemMessage } from "../ui/ProblemMessage";
import { CollisionTable } from "./CollisionTable";
import { goTo } from "./window/host";
import classes from "./ConflictDialog.module.css";
import { keepMine, saveMineAsCopy, takeTheirs } from "./store/conflict";
import { useEditor } from "./store/store";

const nothing = () => undefined;

/** Two versions, one place: asks which, and loses neither silently. */
export function ConflictDialog() {
  const conflict = useEditor((state) => state.conflict);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  if (!conflict) return null;

  const copy = async () => {
    setBusy(true);
    setError(null);
    try {
      const gone = conflict.kind === "deleted";
      const id = await saveMineAsCopy();
      if (gone) goTo(`/experiments/${id}`);
    } catch (refused) {
      setError(refused);
    } finally {
      setBusy(false);
    }
  };

  return (
    <Modal
      opened
      onClose={nothing}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      size={640}
      title={conflict.kind === "newer" ? "Edited here and elsewhere" : "This experiment was deleted"}
    >
      {conflict.kind === "newer" ? (
        <>
          <p className={classes.text}>
            Somebody else, or you in another tab, changed the same things in another way. All other edits,
            yours and theirs, are kept.
          </p>
          <CollisionTable conflict={conflict} />
          {error ? <ProblemMessage error={error} title="The copy was not saved" /> : null}
          <div className={classes.choices}>
            <Button fullWidth data-autofocus loading={busy} onClick={() => void copy()}>
              Save mine as a copy, and show theirs
            </Button>
            <Button fullWidth variant="default" onClick={takeTheirs}>
              Use theirs for these (undo restores mine)
            </Button>
            <Button fullWidth variant="default" onClick={keepMine}>
              Keep mine for these
            </Button>
          </div>
        </>
      ) : (
        <>
          <p className={classes.text}>
            It was deleted somewhere else. What you see here can be kept as a new experiment.
          </p>
          {error ? <ProblemMessage error={error} title="The copy was not saved" /> : null}
          <div className={classes.choices}>
            <Button fullWidth data-autofocus loading={busy} onClick={() => void copy()}>
              Save mine as a copy
            </Button>
            <Button fullWidth variant="default" onClick={() => goTo("/")}>
              Leave it deleted
            </Button>
          </div>
        </>
      )}
    </Modal>
  );
}
