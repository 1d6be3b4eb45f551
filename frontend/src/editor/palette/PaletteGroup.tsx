import { IconChevronRight } from "@tabler/icons-react";
import { useId, useState, type ReactNode } from "react";
import type { Group } from "../flow/moduleLook";
import classes from "./Palette.module.css";

interface Props {
  name: string;
  count: number;
  /** While searching, what was found is shown, whatever was folded. */
  forceOpen: boolean;
  /** Whether it is open at first. */
  inUse?: boolean;
  /** Its color; none where entries of several groups are gathered. */
  group?: Group;
  children: ReactNode;
}

/** What a person has opened and closed; the others are open if they are in use. */
const chosen = new Map<string, boolean>();

export function PaletteGroup({ name, count, forceOpen, inUse = true, group, children }: Props) {
  const [said, say] = useState(chosen.get(name));
  const open = said ?? inUse;
  const id = useId();
  const shown = open || forceOpen;
  const toggle = () => {
    chosen.set(name, !open);
    say(!open);
  };
  return (
    <section aria-label={name}>
      <button
        type="button"
        data-stop
        className={classes.group}
        aria-expanded={shown}
        aria-controls={id}
        onClick={toggle}
      >
        <IconChevronRight size={14} aria-hidden className={classes.chevron} />
        <span className={classes.groupName}>{name}</span>
        {group ? <span aria-hidden className={classes.dot} data-group={group} /> : null}
        <span className={classes.count}>{count}</span>
      </button>
      <div id={id} hidden={!shown} className={classes.entries}>
        {children}
      </div>
    </section>
  );
}
