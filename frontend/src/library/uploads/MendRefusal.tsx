import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { CodeText } from "../../ui/CodeText";
import type { Problem } from "../../api/problem";
import { refusal, stem } from "./refusal";
import { useUploads } from "./store";
import type { UploadItem } from "./types";
import classes from "./UploadTray.module.css";

/** Why an upload was refused, and the ways out of it. */
export function MendRefusal({ item, problem }: { item: UploadItem; problem: Problem }) {
  const { text, where, taken, again } = refusal(problem);
  return (
    <>
      <p className={classes.refusal} role="alert">
        {where ? <span className={classes.place}>{capital(where)}: </span> : null}
        <CodeText>{text}</CodeText>
      </p>
      {problem.status === 409 ? (
        <TakenName item={item} taken={taken} />
      ) : again ? (
        <Again item={item} />
      ) : (
        <ReadOtherwise item={item} />
      )}
    </>
  );
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

function Again({ item }: { item: UploadItem }) {
  return (
    <div className={classes.mend}>
      <Button size="xs" variant="default" onClick={() => useUploads.getState().retry(item.id)}>
        Try again
      </Button>
    </div>
  );
}

function TakenName({ item, taken }: { item: UploadItem; taken: { id: string; version: number } | null }) {
  const { retry } = useUploads.getState();
  const [name, setName] = useState(`${item.options.name ?? stem(item.file.name)} 2`);
  return (
    <form
      className={classes.mend}
      onSubmit={(event) => {
        event.preventDefault();
        retry(item.id, { name, newVersionOf: undefined });
      }}
    >
      {taken ? (
        <Button size="xs" onClick={() => retry(item.id, { newVersionOf: taken.id, name: undefined })}>
          Save as new version
        </Button>
      ) : null}
      <TextInput
        size="xs"
        label="Or another name"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button size="xs" variant="default" type="submit" disabled={name.trim() === ""}>
        Save
      </Button>
    </form>
  );
}

/** Once the bytes are there, the review shows what is wrong, and every way to read them. */
function ReadOtherwise({ item }: { item: UploadItem }) {
  if (!item.upload) return null;
  return (
    <div className={classes.mend}>
      <Button size="xs" onClick={() => useUploads.getState().review(item.id)}>
        Review
      </Button>
    </div>
  );
}
