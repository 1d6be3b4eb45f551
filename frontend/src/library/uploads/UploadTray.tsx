import { Button, Checkbox } from "@mantine/core";
import { IconChevronDown, IconChevronUp, IconX } from "@tabler/icons-react";
import { Suspense, useEffect, useRef, useState } from "react";
import { IconButton } from "../../ui/IconButton";
import { later } from "../../ui/later";
import { plural } from "../../ui/words";
import { useUploads } from "./store";
import { isBusy, type UploadItem, type UploadState } from "./types";
import { UploadRow } from "./UploadRow";
import { useFoldOnLeaving } from "./useFoldOnLeaving";
import { useFoldWhenDone } from "./useFoldWhenDone";
import { useStayWhileSending } from "./useStayWhileSending";
import classes from "./UploadTray.module.css";

const ReviewDialog = later(async () => (await import("./review/ReviewDialog")).ReviewDialog);

function headline(items: readonly UploadItem[]): string {
  const busy = items.filter(isBusy).length;
  const waiting = items.filter(({ state }) => state === "review").length;
  const refused = items.filter(({ state }) => state === "refused").length;
  if (busy > 0) return `Uploading ${plural(busy, "file")}`;
  if (waiting > 0) return `${plural(waiting, "file")} to review`;
  if (refused > 0) return `${plural(refused, "file")} refused`;
  return `${plural(items.length, "upload")} done`;
}

/** What moves, then what needs an answer, then the rest. */
const RANK: Record<UploadState, number> = {
  sending: 0,
  paused: 0,
  reading: 0,
  review: 1,
  refused: 1,
  waiting: 2,
  ready: 3,
  cancelled: 3,
};

/** Newest first within a rank: toSorted keeps the order of equals. */
const ranked = (items: readonly UploadItem[]): UploadItem[] =>
  items.toReversed().toSorted((one, other) => RANK[one.state] - RANK[other.state]);

/** Whether files are looked at before they are kept; and out of it for many at once. */
function Choices({ items }: { items: readonly UploadItem[] }) {
  const lookFirst = useUploads((uploads) => uploads.lookFirst);
  const { keepAll, setLookFirst } = useUploads.getState();
  const waiting = items.filter(({ state }) => state === "review").length;
  return (
    <footer className={classes.choices}>
      <Checkbox
        size="xs"
        label="Review files before the import"
        checked={lookFirst}
        onChange={(event) => setLookFirst(event.currentTarget.checked)}
      />
      {waiting > 1 ? (
        <Button size="xs" variant="default" onClick={keepAll}>
          Import all as detected
        </Button>
      ) : null}
    </footer>
  );
}

/** Every upload of this tab, on whichever screen it was begun. Folds away when all is done. */
export function UploadTray() {
  const items = useUploads((uploads) => uploads.items);
  const reviewing = useUploads((uploads) => uploads.reviewing);
  const dismissDone = useUploads((uploads) => uploads.dismissDone);
  const [open, setOpen] = useState(true);
  const reviewed = items.find(({ id }) => id === reviewing);
  const tray = useRef<HTMLElement>(null);
  useFoldWhenDone(items, tray, setOpen);
  useStayWhileSending();
  useFoldOnLeaving(items.length, setOpen);
  const isThere = items.length > 0;
  useEffect(() => {
    // What else lies in that corner makes room for it.
    document.documentElement.toggleAttribute("data-uploads", isThere);
    return () => document.documentElement.removeAttribute("data-uploads");
  }, [isThere]);
  useEffect(() => {
    // While there is a network: the upload that it breaks off is reviewed all the same.
    if (isThere) ReviewDialog.load().catch(() => undefined);
  }, [isThere]);
  if (items.length === 0) return null;
  const title = headline(items);
  return (
    <section ref={tray} className={classes.tray} aria-label="Uploads">
      <header className={classes.head}>
        <h2 className={classes.title} aria-live="polite">
          {title}
        </h2>
        <IconButton
          label={open ? "Collapse uploads" : "Show uploads"}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          {open ? <IconChevronDown size={16} /> : <IconChevronUp size={16} />}
        </IconButton>
        <IconButton
          label="Clear the list"
          disabled={items.every((item) => isBusy(item) || item.state === "review")}
          onClick={dismissDone}
        >
          <IconX size={16} />
        </IconButton>
      </header>
      {open ? (
        <ul className={classes.list} tabIndex={-1}>
          {ranked(items).map((item) => (
            <UploadRow key={item.id} item={item} />
          ))}
        </ul>
      ) : null}
      {open ? <Choices items={items} /> : null}
      {reviewed?.upload ? (
        <Suspense>
          <ReviewDialog key={reviewed.id} item={reviewed} upload={reviewed.upload} />
        </Suspense>
      ) : null}
    </section>
  );
}
