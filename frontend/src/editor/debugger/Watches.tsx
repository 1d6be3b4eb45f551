import { TextInput } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { IconButton } from "../../ui/IconButton";
import { evaluate, useDebugged, type Variable } from "./state";
import { Row } from "./Variables";
import classes from "./Debugger.module.css";

const MOST = 20;
const kept = new Map<string, readonly string[]>();

/** Expressions that are evaluated anew at each stop. */
export function Watches({ node }: { node: string }) {
  const [all, setAll] = useState<readonly string[]>(kept.get(node) ?? []);
  const [text, setText] = useState("");
  const change = (to: readonly string[]) => {
    kept.set(node, to);
    setAll(to);
  };
  return (
    <>
      <p className={classes.title}>Watch</p>
      <ul className={classes.list} aria-label="Watched expressions">
        {all.map((one) => (
          <li key={one} className={classes.watch}>
            <Watched expression={one} />
            <IconButton
              label={`Stop watching ${one}`}
              size={24}
              onClick={() => change(all.filter((other) => other !== one))}
            >
              <IconX size={13} />
            </IconButton>
          </li>
        ))}
      </ul>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const added = text.trim();
          if (added && !all.includes(added) && all.length < MOST) change([...all, added]);
          setText("");
        }}
      >
        <TextInput
          size="xs"
          aria-label="Expression to watch"
          placeholder="Expression to watch, for example len(frame)"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      </form>
    </>
  );
}

function Watched({ expression }: { expression: string }) {
  const { stops, state, frame } = useDebugged();
  const [value, setValue] = useState<Variable | string | null>(null);
  useEffect(() => {
    if (state !== "paused") return undefined;
    let left = false;
    evaluate(expression, "watch")
      .then((told) => left || setValue({ ...told, name: expression }))
      .catch((error: unknown) => left || setValue(error instanceof Error ? error.message : String(error)));
    return () => {
      left = true;
    };
  }, [expression, stops, state, frame]);
  if (value !== null && typeof value !== "string")
    return (
      <ul className={classes.tree} aria-label={`Value of ${expression}`}>
        <Row key={stops} one={value} />
      </ul>
    );
  return (
    <span className={classes.variable}>
      <span className={classes.gap} />
      <code className={classes.name}>{expression}</code>
      <span className={classes.type}>{value ?? "not known yet"}</span>
    </span>
  );
}
