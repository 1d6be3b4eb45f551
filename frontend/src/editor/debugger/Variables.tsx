import { IconChevronDown, IconChevronRight, IconTable } from "@tabler/icons-react";
import { useState } from "react";
import { IconButton } from "../../ui/IconButton";
import { showProblem } from "../../ui/showProblem";
import { FrameTable } from "./FrameTable";
import { tell, useDebugged, type Variable } from "./state";
import classes from "./Debugger.module.css";

/** The names of the frame that is looked at. */
export function Variables() {
  const { scopes, stops, frame, state } = useDebugged();
  return (
    <>
      <p className={classes.title}>Variables</p>
      {state !== "paused" ? (
        <p className={classes.hint}>They are shown while the script is stopped.</p>
      ) : null}
      {scopes.map((scope) => (
        <details key={`${stops} ${frame} ${scope.name}`} open={scope.name === "Locals"}>
          <summary className={classes.scope}>{scope.name}</summary>
          {scope.variables.length === 0 ? <p className={classes.hint}>None yet.</p> : null}
          <Members of={scope.variables} label={scope.name} />
        </details>
      ))}
    </>
  );
}

function Members({ of, label }: { of: readonly Variable[]; label: string }) {
  return (
    <ul className={classes.tree} aria-label={label}>
      {of.map((one, at) => (
        <Row key={`${at} ${one.name}`} one={one} />
      ))}
    </ul>
  );
}

/** One value: opened, its members; a frame as a table. */
export function Row({ one }: { one: Variable }) {
  const [members, setMembers] = useState<readonly Variable[] | null>(null);
  const [table, setTable] = useState(false);
  const open = () => {
    if (members) return setMembers(null);
    tell("variables", { reference: one.reference })
      .then((told) => setMembers(told["variables"] as Variable[]))
      .catch((problem: unknown) => showProblem(`${one.name} cannot be opened`, problem));
  };
  return (
    <li>
      <div className={classes.variable}>
        {one.opens ? (
          <IconButton
            label={`${members ? "Close" : "Open"} ${one.name}`}
            aria-expanded={members !== null}
            size={24}
            onClick={open}
          >
            {members ? <IconChevronDown size={13} /> : <IconChevronRight size={13} />}
          </IconButton>
        ) : (
          <span className={classes.gap} />
        )}
        {one.name ? <code className={classes.name}>{one.name}</code> : null}
        <code className={classes.value} title={one.value}>
          {one.value}
        </code>
        <span className={classes.type}>{one.type}</span>
        {one.table ? (
          <IconButton
            label={`${table ? "Hide" : "Show"} the rows of ${one.name || "the value"}`}
            aria-pressed={table}
            size={24}
            onClick={() => setTable(!table)}
          >
            <IconTable size={13} />
          </IconButton>
        ) : null}
      </div>
      {table ? (
        <FrameTable
          label={one.name || "Value"}
          page={(offset, limit) => tell("table", { reference: one.reference, offset, limit })}
        />
      ) : null}
      {members ? <Members of={members} label={one.name} /> : null}
    </li>
  );
}
