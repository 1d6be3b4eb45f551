import { IconChevronDown, IconChevronUp, IconCopy, IconDownload } from "@tabler/icons-react";
import { IconButton } from "../../ui/IconButton";
import { SearchBox } from "../../ui/SearchBox";
import classes from "./LogView.module.css";

interface Props {
  query: string;
  onQuery: (query: string) => void;
  /** How many matches there are, and which is shown, counted from 0. */
  found: number;
  current: number;
  onGo: (to: number) => void;
  onCopy: () => void;
  onSave: () => void;
}

export function LogTools({ query, onQuery, found, current, onGo, onCopy, onSave }: Props) {
  const go = (by: number) => found > 0 && onGo((current + by + found) % found);
  return (
    <div className={classes.tools} role="group" aria-label="Search in the log">
      <span
        className={classes.search}
        onKeyDown={(event) => {
          if (event.key === "Enter") go(event.shiftKey ? -1 : 1);
        }}
      >
        <SearchBox compact label="Search the log" value={query} onChange={onQuery} />
      </span>
      <span className={classes.found} role="status">
        {query === "" ? "" : found === 0 ? "Not found" : `${current + 1} of ${found}`}
      </span>
      <IconButton label="Previous match" disabled={found === 0} onClick={() => go(-1)}>
        <IconChevronUp size={15} />
      </IconButton>
      <IconButton label="Next match" disabled={found === 0} onClick={() => go(1)}>
        <IconChevronDown size={15} />
      </IconButton>
      <span className={classes.space} />
      <IconButton label="Copy the log" onClick={onCopy}>
        <IconCopy size={15} />
      </IconButton>
      <IconButton label="Save the log as a file" onClick={onSave}>
        <IconDownload size={15} />
      </IconButton>
    </div>
  );
}
