import { IconChevronRight } from "@tabler/icons-react";
import { useId, useState, type ReactNode } from "react";
import classes from "./Palette.module.css";

interface Props {
  name: string;
  count: number;
  /** While searching, what was found is shown, whatever was folded. */
  forceOpen: boolean;
  children: ReactNode;
}

const folded = new Set<string>();

export function PaletteGroup({ name, count, forceOpen, children }: Props) {
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
        <span className={classes.count}>{count}</span>
      </button>
      <div id={id} hidden={!shown} className={classes.entries}>
        {children}
      </div>
    </section>
  );
}
