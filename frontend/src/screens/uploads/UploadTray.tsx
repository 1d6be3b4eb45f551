import { IconChevronDown, IconChevronUp, IconX } from "@tabler/icons-react";
import { useState } from "react";
import { IconButton } from "../../ui/IconButton";
import { plural } from "../../ui/words";
import { useUploads } from "./store";
import { isBusy, type UploadItem } from "./types";
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

/** Newest first, but what needs an answer is never below the fold. */
const refusedFirst = (items: readonly UploadItem[]): UploadItem[] => {
  const newest = items.toReversed();
  return [
    ...newest.filter(({ state }) => state === "refused"),
    ...newest.filter(({ state }) => state !== "refused"),
  ];
};

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
          {refusedFirst(items).map((item) => (
            <UploadRow key={item.id} item={item} />
          ))}
        </ul>
      ) : null}
    </section>
  );
}
