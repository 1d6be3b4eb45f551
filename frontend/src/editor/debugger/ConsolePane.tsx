import { Button } from "@mantine/core";
import { IconDeviceFloppy, IconPlayerStop, IconTerminal2 } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import { setParam } from "../../graph/edits";
import { findNode } from "../../graph/read";
import { EmptyState } from "../../ui/EmptyState";
import { IconButton } from "../../ui/IconButton";
import { edit } from "../store/edit";
import { useEditor, useReadOnly } from "../store/store";
import { ConsoleEntry } from "./ConsoleEntry";
import { ConsoleInput } from "./ConsoleInput";
import { ask, openOn, useConsoles, type Entry } from "./consoleState";
import { keepAsR } from "./keepAsR";
import { keepAsScript } from "./keepAsScript";
import classes from "./Console.module.css";

/** A prompt on the inputs of a script, with its frames loaded. */
export function ConsolePane({ node, language }: { node: string; language: "python" | "r" }) {
  const experiment = useEditor((state) => state.id);
  const open = useConsoles((state) => state.byNode[node]);
  const readOnly = useReadOnly();
  const list = useRef<HTMLOListElement>(null);
  const entries = open?.entries;
  const count = entries?.length ?? 0;
  const toEnd = () => {
    list.current?.scrollTo({ top: list.current.scrollHeight });
  };
  useEffect(toEnd, [entries]);
  const start = () => experiment !== null && void openOn(experiment, node);
  if (!open || (open.state === "ended" && count === 0))
    return (
      <EmptyState
        title={open?.why ? "The console did not open" : "A prompt on what comes in"}
        actions={
          <Button size="xs" leftSection={<IconTerminal2 size={15} />} onClick={start}>
            Open a console
          </Button>
        }
      >
        {open?.why ||
          (language === "r"
            ? "The tables on this node's inputs are there as dataset1 and dataset2. Nothing of it is kept."
            : "The tables on this node's inputs are there as dataframe1 and dataframe2, with pd, np and plt. Nothing of it is kept.")}
      </EmptyState>
    );
  const keep = (lines: string) => keepLines(node, language, lines);
  return (
    <div className={classes.pane} role="group" aria-label="Console">
      <div className={classes.bar}>
        <span className={classes.names} role="status" aria-label="State of the console">
          {open.state === "opening" ? "Opening…" : null}
          {open.state === "busy" ? "Running…" : null}
          {open.state === "ended" ? `The console has ended. ${open.why}` : null}
          {open.state === "waiting"
            ? open.names.map(({ name, value }) => `${name}: ${value}`).join("   ")
            : null}
        </span>
        {readOnly ? null : (
          <IconButton
            label="Keep all lines without an error as script"
            size={24}
            disabled={!open.entries.some(succeeded)}
            onClick={() =>
              keep(
                open.entries
                  .filter(succeeded)
                  .map(({ code }) => code)
                  .join("\n"),
              )
            }
          >
            <IconDeviceFloppy size={15} />
          </IconButton>
        )}
        {open.state === "busy" ? (
          <IconButton
            label="Interrupt"
            size={24}
            onClick={() => void ask(node, "interrupt").catch(() => undefined)}
          >
            <IconPlayerStop size={15} />
          </IconButton>
        ) : null}
        {open.state === "ended" ? (
          <Button size="compact-xs" variant="default" onClick={start}>
            Open again
          </Button>
        ) : null}
        {open.state === "waiting" ? (
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => void ask(node, "close").catch(() => undefined)}
          >
            Close
          </Button>
        ) : null}
      </div>
      <ol ref={list} className={classes.entries} aria-label="Console" aria-live="polite" tabIndex={0}>
        {open.entries.map((entry, at) => (
          <ConsoleEntry
            key={at}
            node={node}
            entry={entry}
            onKeep={readOnly ? null : () => keep(entry.code)}
            onGrow={at === count - 1 ? toEnd : undefined}
          />
        ))}
      </ol>
      <ConsoleInput
        node={node}
        language={language}
        history={open.entries.map(({ code }) => code)}
        state={open.state}
      />
    </div>
  );
}

const succeeded = ({ error, seconds }: Entry): boolean => error === "" && seconds !== null;

/** Puts lines into the node's script. */
function keepLines(node: string, language: "python" | "r", lines: string): void {
  const keep = language === "r" ? keepAsR : keepAsScript;
  edit("Keep lines of the console", (draft) => {
    const script = findNode(draft, node)?.params["script"];
    return setParam(draft, node, "script", keep(typeof script === "string" ? script : "", lines));
  });
}
