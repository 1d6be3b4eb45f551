import { NodeResizer, type NodeProps } from "@xyflow/react";
import { lazy, memo, Suspense } from "react";
import { changeMark } from "../../../graph/marks";
import { edit } from "../../store/edit";
import { useReadOnly } from "../../store/store";
import { startWriting, stopWriting, useMarkEditing } from "../../window/markEditing";
import type { NoteFlow } from "../../flow/markFlow";
import { isAllOff, useServiceView } from "../../window/serviceView";
import classes from "./Marks.module.css";
import { resized } from "./resized";

const NoteText = lazy(async () => ({ default: (await import("./NoteText")).NoteText }));

/** Markdown on the canvas; a double-click writes in it. */
export const NoteNode = memo(function NoteNode({ id, data, selected }: NodeProps<NoteFlow>) {
  const { note } = data;
  const readOnly = useReadOnly();
  const off = useServiceView(isAllOff(nothing));
  const writing = useMarkEditing((state) => state.id === id) && !readOnly;
  return (
    <div
      className={classes.note}
      data-color={note.color}
      data-selected={selected}
      data-service={off ? "off" : undefined}
      onDoubleClick={() => startWriting(id)}
    >
      <NodeResizer
        isVisible={selected && !readOnly}
        minWidth={120}
        minHeight={60}
        lineClassName={classes.edge ?? ""}
        handleClassName={classes.corner ?? ""}
        onResizeEnd={(_event, box) => resized(id, box)}
      />
      {writing ? (
        <textarea
          autoFocus
          aria-label="Text of the note"
          className={`${classes.writing} nodrag nopan nowheel`}
          value={note.text}
          onChange={(event) => {
            const text = event.currentTarget.value;
            edit("Write a note", (draft) => changeMark(draft, id, { text }), { burst: `note:${id}` });
          }}
          onKeyDown={(event) => {
            if (event.key !== "Escape") return;
            event.stopPropagation();
            event.currentTarget.closest<HTMLElement>(".react-flow__node")?.focus();
          }}
          onBlur={stopWriting}
        />
      ) : (
        <Suspense fallback={<p className={classes.text}>{note.text}</p>}>
          {note.text.trim() ? (
            <NoteText text={note.text} />
          ) : (
            <p className={`${classes.text ?? ""} ${classes.empty ?? ""}`}>Empty note</p>
          )}
        </Suspense>
      )}
    </div>
  );
});

const nothing = (): readonly string[] => [];
