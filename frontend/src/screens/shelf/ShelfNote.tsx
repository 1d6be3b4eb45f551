import { IconFolder } from "@tabler/icons-react";
import { useSearchParams } from "react-router";
import type { Shelved } from "./shelf";
import classes from "./Shelf.module.css";

const MOST = 4;

/** Beside an item's name: its tags, and its folder where the list shows several. */
export function ShelfNote({ item: { folder, tags } }: { item: Shelved }) {
  const [params] = useSearchParams();
  const elsewhere = folder !== (params.get("folder") ?? "");
  const more = tags.length - MOST;
  return (
    <>
      {elsewhere ? (
        <span className={classes.note} title={`In the folder ${folder || "at the top"}`}>
          <IconFolder size={12} stroke={1.75} aria-hidden /> {folder}
        </span>
      ) : null}
      {tags.slice(0, MOST).map((tag) => (
        <span key={tag} className={classes.tag}>
          {tag}
        </span>
      ))}
      {more > 0 ? (
        <span className={classes.note} title={tags.slice(MOST).join(", ")}>
          +{more}
        </span>
      ) : null}
    </>
  );
}
