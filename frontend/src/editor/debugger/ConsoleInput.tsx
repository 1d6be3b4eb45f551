import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { ask, execute, type OpenConsole } from "./consoleState";
import classes from "./Console.module.css";

interface Props {
  node: string;
  language: "python" | "r";
  history: readonly string[];
  state: OpenConsole["state"];
}

interface Offered {
  labels: readonly string[];
  begun: string;
  at: number;
}

const SHOWN = 10;

/** The line that is being typed. Enter runs it, Shift+Enter goes on; Up and Down bring earlier ones, Tab completes. */
export function ConsoleInput({ node, language, history, state }: Props) {
  const [text, setText] = useState("");
  const [back, setBack] = useState(0);
  const [waits, setWaits] = useState(false);
  const [offered, setOffered] = useState<Offered | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);

  const run = () => {
    if (text.trim() === "") return;
    // What is entered too early runs once the line before has ended.
    setWaits(state === "busy");
    if (state !== "waiting") return;
    setText("");
    setBack(0);
    void execute(node, text);
  };
  useEffect(() => {
    if (waits && state !== "busy") run();
  });
  const walk = (by: number) => {
    const to = Math.min(history.length, Math.max(0, back + by));
    setBack(to);
    setText(to === 0 ? "" : (history[history.length - to] ?? ""));
  };
  const take = (label: string, begun: string) => {
    const cursor = field.current?.selectionStart ?? text.length;
    setText(text.slice(0, cursor - begun.length) + label + text.slice(cursor));
    setOffered(null);
  };
  const complete = async () => {
    const before =
      text
        .slice(0, field.current?.selectionStart ?? text.length)
        .split("\n")
        .at(-1) ?? "";
    const told = await ask(node, "complete", { text: before }).catch(() => null);
    const labels = ((told?.["items"] ?? []) as { label: string }[]).map(({ label }) => label);
    const begun = String(told?.["begun"] ?? "");
    if (labels.length === 1 && labels[0] !== undefined) take(labels[0], begun);
    else setOffered(labels.length > 0 ? { labels, begun, at: 0 } : null);
  };
  const onKey = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const several = text.includes("\n");
    if (offered && chooses(event)) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      run();
    } else if (event.key === "ArrowUp" && !several) {
      event.preventDefault();
      walk(1);
    } else if (event.key === "ArrowDown" && !several) {
      event.preventDefault();
      walk(-1);
    } else if (event.key === "Tab" && !event.shiftKey && /[\w.'"$@:]$/.test(text)) {
      event.preventDefault();
      void complete();
    }
  };
  const chooses = (event: KeyboardEvent): boolean => {
    if (!offered) return false;
    const { labels, begun, at } = offered;
    const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (by !== 0) setOffered({ ...offered, at: (at + by + labels.length) % labels.length });
    else if (event.key === "Enter" || event.key === "Tab") take(labels[at] ?? "", begun);
    else {
      setOffered(null);
      if (event.key !== "Escape") return false;
    }
    event.preventDefault();
    return true;
  };
  const first = offered ? Math.max(0, Math.min(offered.at - SHOWN + 1, offered.labels.length - SHOWN)) : 0;
  return (
    <div className={classes.input}>
      {offered ? (
        <ul className={classes.offered} role="listbox" id="console-offers" aria-label="Completions">
          {offered.labels.slice(first, first + SHOWN).map((label, at) => (
            <li
              key={label}
              id={`console-offer-${first + at}`}
              role="option"
              aria-selected={first + at === offered.at}
              onMouseDown={(event) => {
                event.preventDefault();
                take(label, offered.begun);
              }}
            >
              {label}
            </li>
          ))}
        </ul>
      ) : null}
      <textarea
        ref={field}
        className={classes.field}
        rows={Math.min(8, text.split("\n").length)}
        aria-label="Console input"
        aria-autocomplete="list"
        {...(offered && { "aria-activedescendant": `console-offer-${offered.at}` })}
        placeholder={
          state === "waiting"
            ? `${language === "r" ? "R" : "Python"}. Enter runs it, Shift+Enter goes on, Tab completes.`
            : ""
        }
        spellCheck={false}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setWaits(false);
          setOffered(null);
        }}
        onKeyDown={onKey}
      />
    </div>
  );
}
