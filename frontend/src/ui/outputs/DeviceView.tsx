import { SegmentedControl } from "@mantine/core";
import { IconChevronLeft, IconChevronRight, IconDownload, IconExternalLink } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState, type KeyboardEvent } from "react";
import { artifactQuery, pictureUrl } from "../../api/artifacts";
import type { Picture } from "../../api/types";
import { Screen } from "../../runs/screen";
import { EmptyState } from "../EmptyState";
import { IconButton } from "../IconButton";
import { Loading } from "../Loading";
import { ProblemMessage } from "../ProblemMessage";
import classes from "./DeviceView.module.css";
import { LogLines } from "../../editor/results/LogLines";

/** The pictures of a script, one at a time in the order they were made, and what it printed. */
export function DeviceView({ artifact, label }: { artifact: string; label: string }) {
  const { data, error, isPending, refetch } = useQuery(artifactQuery(artifact));
  if (isPending) return <Loading label="Opening the pictures…" />;
  if (error) {
    return (
      <ProblemMessage title="Could not open the pictures" error={error} onRetry={() => void refetch()} />
    );
  }
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
    <div className={classes.device} aria-label={label} role="group">
      {pictures.length > 0 ? <Pictures artifact={artifact} pictures={pictures} /> : null}
      {text ? (
        <pre className={classes.text} tabIndex={0} role="region" aria-label="Printed text">
          <Printed text={text} />
        </pre>
      ) : null}
    </div>
  );
}

function Printed({ text }: { text: string }) {
  const screen = useMemo(() => {
    const made = new Screen();
    made.write({ stream: "stdout", text, skipped: 0 });
    return made;
  }, [text]);
  return screen.blocks.map((block) => (
    <LogLines key={block.id} block={block} version={0} query="" current={null} onLine={null} />
  ));
}

function Pictures({ artifact, pictures }: { artifact: string; pictures: Picture[] }) {
  const [place, setPlace] = useState(0);
  const [scale, setScale] = useState<"fit" | "full">("fit");
  const at = Math.min(place, pictures.length - 1);
  const picture = pictures[at];
  if (!picture) return null;
  const go = (by: number) => setPlace(Math.min(pictures.length - 1, Math.max(0, at + by)));
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowLeft") go(-1);
    else if (event.key === "ArrowRight") go(1);
    else return;
    event.preventDefault();
  };
  const url = pictureUrl(artifact, at);
  return (
    <div className={classes.pictures}>
      <div className={classes.bar}>
        <IconButton label="Previous picture" disabled={at === 0} onClick={() => go(-1)}>
          <IconChevronLeft size={17} />
        </IconButton>
        <span className={classes.place} aria-live="polite">
          {at + 1} of {pictures.length}
        </span>
        <IconButton label="Next picture" disabled={at === pictures.length - 1} onClick={() => go(1)}>
          <IconChevronRight size={17} />
        </IconButton>
        <span className={classes.name}>{picture.name}</span>
        <SegmentedControl
          size="xs"
          aria-label="Size of the picture"
          data={[
            { value: "fit", label: "Fit" },
            { value: "full", label: "Full size" },
          ]}
          value={scale}
          onChange={(to) => setScale(to === "full" ? "full" : "fit")}
        />
        <IconButton
          label="Open the picture in a new tab"
          onClick={() => window.open(url, "_blank", "noopener")}
        >
          <IconExternalLink size={16} />
        </IconButton>
        <a
          className={classes.save}
          href={url}
          download={picture.name}
          aria-label="Save the picture"
          title="Save the picture"
        >
          <IconDownload size={16} />
        </a>
      </div>
      <div
        className={classes.stage}
        data-scale={scale}
        tabIndex={0}
        role="group"
        aria-label="Picture; left and right arrow keys go through all"
        onKeyDown={onKeyDown}
      >
        <img src={url} alt={`Picture ${at + 1} of ${pictures.length}: ${picture.name}`} />
      </div>
    </div>
  );
}
