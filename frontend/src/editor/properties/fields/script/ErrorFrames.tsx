import { useState } from "react";
import type { ErrorFrame } from "../../../../api/types";
import { count } from "../../../../ui/words";
import { ShownValues } from "./ShownValues";
import classes from "./Script.module.css";

interface Props {
  frames: readonly ErrorFrame[];
  /** Shows the line of a call: in the script, or in a file of its bundle. */
  onOpen: (frame: ErrorFrame) => void;
}

/** The calls that led to a failure, the last one first; the variables of the one that is chosen. */
export function ErrorFrames({ frames, onOpen }: Props) {
  const newest = [...frames].reverse();
  const usual = newest.findIndex(({ library }) => !library);
  const [chosen, setChosen] = useState<number | null>(null);
  const place = chosen ?? usual;
  const frame = newest[place];
  return (
    <section className={classes.frames} aria-label="Where it failed">
      <p className={classes.title}>Where it failed</p>
      <ol className={classes.calls}>
        {newest.map((one, at) => (
          <li key={at}>
            {one.library ? (
              <p className={classes.library}>{placeText(one)}</p>
            ) : (
              <button
                type="button"
                className={classes.call}
                aria-pressed={at === place}
                onClick={() => {
                  setChosen(at);
                  onOpen(one);
                }}
              >
                <span>{placeText(one)}</span>
                {one.source ? <code>{one.source}</code> : null}
              </button>
            )}
          </li>
        ))}
      </ol>
      {frame && !frame.library ? (
        <ShownValues
          values={frame.locals}
          label={`Variables of ${frame.function} at line ${count(frame.line)}`}
        />
      ) : null}
    </section>
  );
}

function placeText({ file, line, function: name, bundle, library }: ErrorFrame): string {
  const where = library || bundle ? `${file}, line ${count(line)}` : `Line ${count(line)}`;
  return name === "<module>" ? where : `${where}, in ${name}`;
}
