import { IconChevronRight } from "@tabler/icons-react";
import { useId, useState, type ReactNode } from "react";
import type { Group } from "../flow/moduleLook";
import classes from "./Palette.module.css";

interface Props {
  name: string;
  count: number;
  /** While searching, what was found is shown, whatever was folded. */
  forceOpen: boolean;
  /** Its color; none where entries of several groups are gathered. */
  group?: Group;
  children: ReactNode;
}

const folded = new Set<string>();

export function PaletteGroup({ name, count, forceOpen, group, children }: Props) {
  const [open, setOpen] = useState(!folded.has(name));
  const id = useId();
  const shown = open || forceOpen;
  const toggle = () => {
    if (open) folded.add(name);
    else folded.delete(name);
    setOpen(!open);
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
