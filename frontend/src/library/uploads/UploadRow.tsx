import { Anchor, Button, Progress } from "@mantine/core";
import {
  IconAlertCircle,
  IconCircleCheck,
  IconFile,
  IconPlayerPause,
  IconPlayerPlay,
  IconX,
} from "@tabler/icons-react";
import { Link } from "react-router";
import { widthOf } from "../../api/datasets";
import type { Dataset } from "../../api/types";
import { IconButton } from "../../ui/IconButton";
import { bytes, duration, plural } from "../../ui/words";
import { useInNewExperiment } from "../useInNewExperiment";
import { MendRefusal } from "./MendRefusal";
import { outcome } from "./outcome";
import { useUploads } from "./store";
import { isBusy, type UploadItem } from "./types";
import classes from "./UploadTray.module.css";

const ICONS = { ready: IconCircleCheck, refused: IconAlertCircle };

export function UploadRow({ item }: { item: UploadItem }) {
  const { cancel, discard, dismiss, keep, pause, resume, review } = useUploads.getState();
  const Icon = ICONS[item.state as keyof typeof ICONS] ?? IconFile;
  const busy = isBusy(item);
  const name = item.dataset?.name ?? item.options.name ?? item.file.name;
  return (
    <li className={classes.row} aria-label={name}>
      <Icon size={16} aria-hidden className={classes.icon} data-state={item.state} />
      <div>
        <div className={classes.name} title={item.file.name}>
          {item.state === "ready" && item.dataset ? (
            <Anchor component={Link} to={`/datasets/${item.dataset.id}`} inherit>
              {name}
            </Anchor>
          ) : (
            name
          )}
        </div>
        <Facts item={item} />
        {item.state === "ready"
          ? outcome(item).map((told) => (
              <p key={told} className={classes.told}>
                {told}
              </p>
            ))
          : null}
        {item.state === "ready" && item.dataset ? <UseIt dataset={item.dataset} /> : null}
        {busy ? <Bar item={item} name={name} /> : null}
        {item.state === "review" ? (
          <div className={classes.mend}>
            <Button size="xs" onClick={() => review(item.id)}>
              Review
            </Button>
            <Button size="xs" variant="default" onClick={() => keep(item.id)}>
              Import as detected
            </Button>
          </div>
        ) : null}
        {item.state === "refused" && item.problem ? (
          // Keyed by the problem: a second refusal starts with fresh choices.
          <MendRefusal item={item} problem={item.problem} key={item.problem.message} />
        ) : null}
      </div>
      <div className={classes.buttons}>
        {item.state === "sending" ? (
          <IconButton label={`Pause upload of ${name}`} onClick={() => pause(item.id)}>
            <IconPlayerPause size={16} />
          </IconButton>
        ) : item.state === "paused" ? (
          <IconButton label={`Resume upload of ${name}`} onClick={() => resume(item.id)}>
            <IconPlayerPlay size={16} />
          </IconButton>
        ) : null}
        {busy ? (
          <IconButton label={`Cancel upload of ${name}`} onClick={() => cancel(item.id)}>
            <IconX size={16} />
          </IconButton>
        ) : item.state === "review" ? (
          <IconButton label={`Discard ${name}`} onClick={() => discard(item.id)}>
            <IconX size={16} />
          </IconButton>
        ) : (
          <IconButton label={`Dismiss ${name}`} onClick={() => dismiss(item.id)}>
            <IconX size={16} />
          </IconButton>
        )}
      </div>
    </li>
  );
}

/** The next step of somebody who brought a file in to work with it. */
function UseIt({ dataset }: { dataset: Dataset }) {
  const use = useInNewExperiment();
  return (
    <div className={classes.mend}>
      <Button size="xs" variant="default" loading={use.isPending} onClick={() => use.mutate(dataset)}>
        Use in a new experiment
      </Button>
    </div>
  );
}

function Facts({ item }: { item: UploadItem }) {
  return <p className={classes.facts}>{facts(item)}</p>;
}

function facts({ state, file, sent, speed, broken, dataset, progress }: UploadItem): string {
  const size = bytes(file.size);
  switch (state) {
    case "waiting":
      return `${size} · waiting for the others`;
    case "sending":
      if (broken) return `${bytes(sent)} of ${size} · connection lost, trying again`;
      return `${bytes(sent)} of ${size}${speed > 0 ? ` · ${bytes(speed)}/s${left(file.size - sent, speed)}` : ""}`;
    case "paused":
      return `${bytes(sent)} of ${size} · paused`;
    case "review":
      return `${size} · not imported yet`;
    case "reading":
      return `${size} sent · reading the file${progress ? `, ${Math.round(progress * 100)} %` : "…"}`;
    case "ready":
      return shape(dataset) ?? `${size} · ready`;
    case "cancelled":
      return "Cancelled";
    case "refused":
      return size;
  }
}

/** Said only where it is worth reading: a few seconds pass before it could be. */
function left(size: number, speed: number): string {
  const seconds = size / speed;
  return seconds > 3 ? ` · ${duration(seconds * 1000)} left` : "";
}

function shape(dataset: UploadItem["dataset"]): string | null {
  if (!dataset) return null;
  const version = dataset.version > 1 ? `version ${dataset.version} · ` : "";
  if (dataset.rows === null || !dataset.columns) return `${version}${bytes(dataset.bytes)} · ready`;
  return `${version}${plural(dataset.rows, "row")} × ${plural(widthOf(dataset), "column")}`;
}

function Bar({ item, name }: { item: UploadItem; name: string }) {
  const reading = item.state === "reading";
  const known = !reading || item.progress !== null;
  const part = reading ? (item.progress ?? 1) : item.file.size === 0 ? 1 : item.sent / item.file.size;
  return (
    <Progress.Root size={4} className={classes.bar}>
      <Progress.Section
        value={part * 100}
        animated={!known}
        striped={!known}
        withAria={false}
        role="progressbar"
        aria-label={`Upload of ${name}`}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={known ? Math.round(part * 100) : undefined}
      />
    </Progress.Root>
  );
}
