import { IconChevronDown, IconChevronUp, IconX } from "@tabler/icons-react";
import { useState } from "react";
import { IconButton } from "../../ui/IconButton";
import { plural } from "../../ui/words";
import { useUploads } from "./store";
import { isBusy, type UploadItem, type UploadState } from "./types";
import { UploadRow } from "./UploadRow";
import { useStayWhileSending } from "./useStayWhileSending";
import classes from "./UploadTray.module.css";

function headline(items: readonly UploadItem[]): string {
  const busy = items.filter(isBusy).length;
  const refused = items.filter(({ state }) => state === "refused").length;
  if (busy > 0) return `Uploading ${plural(busy, "file")}`;
  if (refused > 0) return `${plural(refused, "file")} refused`;
  return `${plural(items.length, "upload")} done`;
}

/** What moves, then what needs an answer, then the rest. */
const RANK: Record<UploadState, number> = {
  sending: 0,
  paused: 0,
  reading: 0,
  refused: 1,
  waiting: 2,
  ready: 3,
  cancelled: 3,
};

/** Newest first within a rank: toSorted keeps the order of equals. */
const ranked = (items: readonly UploadItem[]): UploadItem[] =>
  items.toReversed().toSorted((one, other) => RANK[one.state] - RANK[other.state]);

/** Every upload of this tab, on whichever screen it was begun. Stays until it is dismissed. */
export function UploadTray() {
  const items = useUploads((uploads) => uploads.items);
  const dismissDone = useUploads((uploads) => uploads.dismissDone);
  const [open, setOpen] = useState(true);
  useStayWhileSending();
  if (items.length === 0) return null;
  const title = headline(items);
  return (
    <section className={classes.tray} aria-label="Uploads">
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
        <IconButton label="Clear the list" disabled={items.every(isBusy)} onClick={dismissDone}>
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
    </section>
  );
}
