import {
  useDeferredValue,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
} from "react";
import { plainText } from "../../ui/plainText";
import type { Position } from "../../graph/types";
import { isOwnEscape } from "../window/escape";
import classes from "./Chooser.module.css";

export interface Choice {
  id: string;
  label: string;
  /** Said after the label, quieter. */
  detail?: string | undefined;
  icon?: ReactNode;
  shortcut?: string | undefined;
  /** Found by these words too. */
  words?: string;
  /** Found by these too, after all others. */
  help?: string;
  /** Why it cannot be chosen now. */
  unavailable?: string | undefined;
}

interface Props {
  label: string;
  placeholder: string;
  choices: Choice[];
  empty: string;
  /** A point of the window; in the middle near the top where left out. */
  at?: Position;
  onChoose(id: string): void;
  onClose(): void;
}

const MOST = 80;
const FIRST = 14;

/** A box to type in and a list to choose from, by keys or mouse. */
export function Chooser({ label, placeholder, choices, empty, at, onChoose, onClose }: Props) {
  const [text, setText] = useState("");
  const [active, setActive] = useState(0);
  const box = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const id = useId();
  const found = useMemo(() => ranked(choices, text).slice(0, MOST), [choices, text]);
  // What fits the box is drawn with it, the rest right after: the box is there at once, and so is the next letter.
  const drawn = useDeferredValue(found, found.slice(0, FIRST));

  // The first one is in view as the list opens; to ask where it is would take a layout of the whole page.
  const untouched = useRef(true);
  useLayoutEffect(() => {
    if (active > 0 || text) untouched.current = false;
    if (!untouched.current)
      list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  }, [active, text, drawn]);

  // Something else may have taken the focus meanwhile, such as a panel that came from the server.
  useEffect(() => {
    const onKeyDown = (event: globalThis.KeyboardEvent) => {
      if (!isOwnEscape(event, box.current)) return;
      event.preventDefault();
      event.stopPropagation();
      onClose();
    };
    window.addEventListener("keydown", onKeyDown, { capture: true });
    return () => window.removeEventListener("keydown", onKeyDown, { capture: true });
  }, [onClose]);

  const choose = (choice: Choice | undefined) => {
    if (choice && !choice.unavailable) onChoose(choice.id);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown") setActive((index) => Math.min(index + 1, found.length - 1));
    else if (event.key === "ArrowUp") setActive((index) => Math.max(index - 1, 0));
    else if (event.key === "Home") setActive(0);
    else if (event.key === "End") setActive(found.length - 1);
    else if (event.key === "Enter") choose(found[active]);
    else if (event.key === "Tab") onClose();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div
      className={classes.backdrop}
      onPointerDown={(event) => event.target === event.currentTarget && onClose()}
    >
      <div
        ref={box}
        role="dialog"
        aria-label={label}
        className={classes.box}
        style={at ? near(at) : undefined}
        data-free={!at}
      >
        <input
          // The box was asked for to be typed in.
          autoFocus
          role="combobox"
          aria-label={label}
          aria-expanded
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={found.length ? `${id}-${active}` : undefined}
          placeholder={placeholder}
          className={classes.input}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
        />
        <ul ref={list} id={`${id}-list`} role="listbox" aria-label={label} className={classes.list}>
          {drawn.map((choice, index) => (
            <li
              key={choice.id}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === active}
              aria-disabled={Boolean(choice.unavailable)}
              title={choice.unavailable && plainText(choice.unavailable)}
              className={classes.choice}
              onPointerMove={() => setActive(index)}
              onClick={() => choose(choice)}
            >
              {choice.icon ? <span className={classes.icon}>{choice.icon}</span> : null}
              <span className={classes.label}>{choice.label}</span>
              {choice.detail ? <span className={classes.detail}>{choice.detail}</span> : null}
              {choice.shortcut ? <kbd className={classes.keys}>{choice.shortcut}</kbd> : null}
            </li>
          ))}
        </ul>
        {found.length === 0 ? <p className={classes.empty}>{empty}</p> : null}
      </div>
    </div>
  );
}

/**
 * Best first: starts with the text, has a word that starts with it, has it somewhere; by other words, by its help.
 * What cannot be chosen comes last. The order is kept otherwise.
 */
function ranked(choices: Choice[], text: string): Choice[] {
  const wanted = text.trim().toLowerCase();
  if (!wanted) return choices;
  const rank = (choice: Choice): number => {
    const label = choice.label.toLowerCase();
    if (label.startsWith(wanted)) return 0;
    if (label.includes(` ${wanted}`)) return 1;
    if (label.includes(wanted)) return 2;
    const all = `${label} ${choice.detail ?? ""} ${choice.words ?? ""}`.toLowerCase();
    const words = wanted.split(/\s+/);
    if (words.every((word) => all.includes(word))) return 3;
    const help = `${all} ${choice.help?.toLowerCase() ?? ""}`;
    return words.every((word) => help.includes(word)) ? 4 : NOT_FOUND;
  };
  return choices
    .map((choice) => ({ choice, rank: rank(choice) }))
    .filter((one) => one.rank < NOT_FOUND)
    .sort((a, b) => cannot(a.choice) - cannot(b.choice) || a.rank - b.rank)
    .map((one) => one.choice);
}

const NOT_FOUND = 5;
const cannot = (choice: Choice): number => Number(Boolean(choice.unavailable));

const WIDTH = 340;
const HEIGHT = 380;

/** At a point, but wholly on the screen. */
function near(at: Position): { left: number; top: number } {
  return {
    left: Math.max(8, Math.min(at.x, window.innerWidth - WIDTH - 8)),
    top: Math.max(8, Math.min(at.y, window.innerHeight - HEIGHT - 8)),
  };
}
