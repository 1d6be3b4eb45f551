import { Button, Textarea, TextInput } from "@mantine/core";
import { changeMark, contentsOf, isFrame, type Mark } from "../../graph/marks";
import { COLORS, type Color } from "../../graph/types";
import { plural } from "../../ui/words";
import { perform } from "../commands/command";
import { deleteCommand } from "../commands/editing";
import { collapseCommand, paint, selectInsideCommand } from "../commands/marking";
import { edit } from "../store/edit";
import { useReadOnly, useShownGraph } from "../store/store";
import classes from "./PropertiesPanel.module.css";
import markClasses from "./MarkProperties.module.css";

/** A note or a frame: its words and its color. */
export function MarkProperties({ mark }: { mark: Mark }) {
  const readOnly = useReadOnly();
  const write = (change: { text?: string; title?: string }) =>
    edit(isFrame(mark) ? "Rename the frame" : "Write a note", (draft) => changeMark(draft, mark.id, change), {
      burst: `mark:${mark.id}`,
    });
  return (
    <section className={classes.section} aria-label={isFrame(mark) ? "Frame" : "Note"}>
      <h2 className={classes.title}>{isFrame(mark) ? "Frame" : "Note"}</h2>
      {isFrame(mark) ? (
        <TextInput
          label="Title"
          size="xs"
          value={mark.title}
          readOnly={readOnly}
          onChange={(event) => write({ title: event.currentTarget.value })}
        />
      ) : (
        <Textarea
          label="Text"
          description="Markdown: # heading, - list, - [ ] to do, **bold**, `code`, [link](https://…)"
          size="xs"
          autosize
          minRows={4}
          maxRows={16}
          value={mark.text}
          readOnly={readOnly}
          onChange={(event) => write({ text: event.currentTarget.value })}
        />
      )}
      {readOnly ? null : (
        <>
          <Colors value={mark.color} onChange={(color) => paint([mark.id], color)} />
          {isFrame(mark) ? <Inside mark={mark} /> : null}
          <div className={classes.actions}>
            {isFrame(mark) ? (
              <>
                <Button size="xs" variant="default" onClick={() => perform(collapseCommand)}>
                  {mark.collapsed ? "Expand" : "Collapse"}
                </Button>
                {mark.collapsed ? null : (
                  <Button size="xs" variant="default" onClick={() => perform(selectInsideCommand)}>
                    Select what is in it
                  </Button>
                )}
              </>
            ) : null}
            <Button size="xs" variant="default" onClick={() => perform(deleteCommand)}>
              Delete
            </Button>
          </div>
        </>
      )}
    </section>
  );
}

function Inside({ mark }: { mark: Extract<Mark, { title: string }> }) {
  const graph = useShownGraph();
  const count = contentsOf(graph, mark).length;
  return (
    <p className={classes.text}>
      {mark.collapsed
        ? `Holds ${plural(count, "thing")}. Deleting the box deletes them too.`
        : `${plural(count, "thing")} are in it and move with it. Deleting the frame leaves them.`}
    </p>
  );
}

function Colors({ value, onChange }: { value: Color; onChange(color: Color): void }) {
  return (
    <fieldset className={markClasses.colors}>
      <legend className={markClasses.legend}>Color</legend>
      {COLORS.map((color) => (
        <label key={color} className={markClasses.color} data-color={color} title={color}>
          <input
            type="radio"
            name="mark-color"
            aria-label={color}
            checked={value === color}
            onChange={() => onChange(color)}
          />
        </label>
      ))}
    </fieldset>
  );
}
