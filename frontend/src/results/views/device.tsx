import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { artifactQuery } from "../../api/artifacts";
import { LogLines } from "../../ui/terminal/LogLines";
import { Screen } from "../../ui/terminal/screen";
import { EmptyState } from "../../ui/EmptyState";
import { Loading } from "../../ui/Loading";
import { ProblemMessage } from "../../ui/ProblemMessage";
import classes from "./device.module.css";
import { Documents } from "../outputs/Documents";
import { Pictures } from "../outputs/Pictures";
import type { ViewProps } from "./view";

/** The pictures of a script in the order they were made, and what it printed; of a report the report itself. */
export function View({ artifact, label }: ViewProps) {
  const { data, error, isPending, refetch } = useQuery(artifactQuery(artifact));
  if (isPending) return <Loading label="Opening the pictures…" />;
  if (error) {
    return (
      <ProblemMessage title="Could not open the pictures" error={error} onRetry={() => void refetch()} />
    );
  }
  const documents = data.documents ?? [];
  if (documents.length > 0) return <Documents artifact={artifact} documents={documents} label={label} />;
  const pictures = data.pictures ?? [];
  const text = data.text ?? "";
  if (pictures.length === 0 && !text) {
    return (
      <EmptyState title="No picture and no text">
        Print something, save a PNG in the working directory, or leave a matplotlib figure open.
      </EmptyState>
    );
  }
  return (
    <div className={classes.frame}>
      <div className={classes.device} aria-label={label} role="group">
        {pictures.length > 0 ? <Pictures artifact={artifact} pictures={pictures} /> : null}
        {text ? (
          <pre className={classes.text} tabIndex={0} role="region" aria-label="Printed text">
            <Printed text={text} />
          </pre>
        ) : null}
      </div>
    </div>
  );
}

function Printed({ text }: { text: string }) {
  const screen = useMemo(() => {
    const made = new Screen();
    made.write({ stream: "stdout", text, skipped: 0 });
    return made;
  }, [text]);
  return screen.blocks.map((block, place) => (
    <LogLines
      key={block.id}
      block={block}
      version={0}
      query=""
      current={null}
      onLine={null}
      last={place === screen.blocks.length - 1}
    />
  ));
}
