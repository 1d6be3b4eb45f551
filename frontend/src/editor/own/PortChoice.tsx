import { Checkbox, TextInput } from "@mantine/core";
import { useState } from "react";
import type { OfferedPort } from "../../graph/own/ports";
import type { PortSpec } from "../../graph/types";
import { plural } from "../../ui/words";
import classes from "./OwnModuleDialog.module.css";

interface Props<P extends PortSpec> {
  title: string;
  ports: readonly OfferedPort<P>[];
  onChange: (ports: OfferedPort<P>[]) => void;
}

/** Which ports there are, and what they are called. Those that are rarely wanted stand behind a line. */
export function PortChoice<P extends PortSpec>({ title, ports, onChange }: Props<P>) {
  const [usual] = useState(() => new Set(ports.filter(({ isSeen }) => isSeen).map(({ port }) => port.name)));
  if (ports.length === 0) return null;
  const rows = (of: readonly OfferedPort<P>[]) =>
    of.map((one) => (
      <Row
        key={one.port.name}
        title={title}
        one={one}
        onChange={(now) => onChange(ports.map((other) => (other === one ? now : other)))}
      />
    ));
  const others = ports.filter(({ port }) => !usual.has(port.name));
  return (
    <fieldset className={classes.fields}>
      <legend>{title}</legend>
      {rows(ports.filter(({ port }) => usual.has(port.name)))}
      {others.length > 0 ? (
        <details>
          <summary>{plural(others.length, "more port")} of the nodes inside</summary>
          <div className={classes.more}>{rows(others)}</div>
        </details>
      ) : null}
    </fieldset>
  );
}

interface RowProps<P extends PortSpec> {
  title: string;
  one: OfferedPort<P>;
  onChange: (one: OfferedPort<P>) => void;
}

function Row<P extends PortSpec>({ title, one: { port, isSeen }, onChange }: RowProps<P>) {
  return (
    <div className={classes.port}>
      <Checkbox
        aria-label={`${title}: ${port.label}`}
        checked={isSeen}
        onChange={(event) => onChange({ port, isSeen: event.currentTarget.checked })}
      />
      <TextInput
        aria-label={`Label of ${port.name}`}
        className={classes.name}
        maxLength={100}
        disabled={!isSeen}
        value={port.label}
        onChange={(event) => onChange({ isSeen, port: { ...port, label: event.currentTarget.value } })}
      />
      <span className={classes.type}>{port.type}</span>
    </div>
  );
}
