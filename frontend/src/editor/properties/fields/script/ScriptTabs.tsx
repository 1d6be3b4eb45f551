import type { KeyboardEvent } from "react";
import classes from "./Script.module.css";

interface Props {
  /** The script itself is null. */
  file: string | null;
  files: readonly string[];
  failed: ReadonlySet<string>;
  onChange: (file: string | null) => void;
}

const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1 };

/** The script and the files of its bundle. */
export function ScriptTabs({ file, files, failed, onChange }: Props) {
  const all = [null, ...files];
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const step = STEPS[event.key];
    if (!step) return;
    const at = (all.indexOf(file) + step + all.length) % all.length;
    onChange(all[at] ?? null);
    event.currentTarget.querySelectorAll("button")[at]?.focus();
  };
  return (
    <div role="tablist" aria-label="Script and its bundle" className={classes.tabs} onKeyDown={onKeyDown}>
      {all.map((name) => (
        <button
          key={name ?? ""}
          type="button"
          role="tab"
          className={classes.tab}
          aria-selected={name === file}
          tabIndex={name === file ? 0 : -1}
          data-failed={name !== null && failed.has(name)}
          onClick={() => onChange(name)}
        >
          {name ?? "Script"}
        </button>
      ))}
    </div>
  );
}
