import { Button, NumberInput, TextInput } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useState, type FormEvent } from "react";
import { IconButton } from "../../ui/IconButton";
import { useEditor } from "../store/store";
import { SCRIPT, setBreakpoints, useBreakpointsOf, type Breakpoint } from "../window/breakpoints";
import { useDebugged } from "./state";
import classes from "./Debugger.module.css";

const BUNDLE = "Script Bundle/";

/** All breakpoints of a script, those in the zip's files too, each with its condition. */
export function BreakpointList({ node }: { node: string }) {
  const experiment = useEditor((state) => state.id);
  const all = useBreakpointsOf(experiment, node);
  const change = (to: readonly Breakpoint[]) => setBreakpoints(experiment, node, to);
  return (
    <>
      <p className={classes.title}>Breakpoints</p>
      <ul className={classes.list} aria-label="Breakpoints">
        {all.map((one) => (
          <Entry
            key={`${one.file} ${one.line}`}
            node={node}
            one={one}
            onChange={(condition) =>
              change(all.map((other) => (other === one ? { ...one, condition } : other)))
            }
            onRemove={() => change(all.filter((other) => other !== one))}
          />
        ))}
      </ul>
      <Add onAdd={(one) => change([...all, one])} />
    </>
  );
}

interface EntryProps {
  node: string;
  one: Breakpoint;
  onChange: (condition: string) => void;
  onRemove: () => void;
}

function Entry({ node, one, onChange, onRemove }: EntryProps) {
  const mark = useDebugged((state) =>
    state.node === node
      ? state.marks.find(({ file, wanted }) => file === one.file && wanted === one.line)
      : undefined,
  );
  const name = `${one.file.split("/").at(-1)}, line ${one.line}`;
  return (
    <li className={classes.breakpoint}>
      <span className={classes.dot} data-verified={mark?.verified} aria-hidden="true">
        {mark?.verified === false ? "○" : "●"}
      </span>
      <span className={classes.name}>{name}</span>
      <TextInput
        size="xs"
        className={classes.condition ?? ""}
        aria-label={`Condition of ${name}`}
        placeholder="Stops each time"
        defaultValue={one.condition ?? ""}
        onBlur={(event) => {
          const condition = event.currentTarget.value.trim();
          if (condition !== (one.condition ?? "")) onChange(condition);
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter") event.currentTarget.blur();
        }}
      />
      <IconButton label={`Remove the breakpoint ${name}`} size={24} onClick={onRemove}>
        <IconX size={13} />
      </IconButton>
      {mark && !mark.verified ? <p className={classes.why}>{mark.message}</p> : null}
      {mark?.verified && mark.line !== one.line ? (
        <p className={classes.why}>Stops at line {mark.line}, the next one with code.</p>
      ) : null}
    </li>
  );
}

function Add({ onAdd }: { onAdd: (one: Breakpoint) => void }) {
  const [file, setFile] = useState("");
  const [line, setLine] = useState<number | string>("");
  const add = (event: FormEvent) => {
    event.preventDefault();
    if (typeof line !== "number") return;
    onAdd({ file: file.trim() === "" ? SCRIPT : BUNDLE + file.trim(), line });
    setLine("");
  };
  return (
    <form className={classes.add} onSubmit={add}>
      <TextInput
        size="xs"
        aria-label="File in the bundle, empty for the script"
        placeholder="script.py"
        value={file}
        onChange={(event) => setFile(event.currentTarget.value)}
      />
      <NumberInput
        size="xs"
        aria-label="Line"
        placeholder="Line"
        min={1}
        max={1_000_000}
        hideControls
        value={line}
        onChange={setLine}
      />
      <Button size="xs" variant="default" type="submit" disabled={typeof line !== "number"}>
        Add
      </Button>
    </form>
  );
}
