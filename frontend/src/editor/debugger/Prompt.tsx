import { Button, TextInput } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { evaluate, lookAtFrame, tell, useDebugged, type Variable } from "./state";
import { Row } from "./Variables";
import classes from "./Debugger.module.css";

interface Said {
  asked: string;
  output: string;
  value: Variable | null;
  problem: string;
}

/** A prompt in the frame that is looked at: expressions, and statements that change its names. */
export function Prompt() {
  const paused = useDebugged((state) => state.state === "paused");
  const [text, setText] = useState("");
  const [busy, setBusy] = useState(false);
  const [all, setAll] = useState<readonly Said[]>([]);
  const ask = async (event: FormEvent) => {
    event.preventDefault();
    const asked = text.trim();
    if (!asked || busy) return;
    setBusy(true);
    setText("");
    const said: Said = { asked, output: "", value: null, problem: "" };
    try {
      const told = await evaluate(asked, "repl");
      said.output = told.output;
      said.value = told.value ? told : null;
      await lookAtFrame(useDebugged.getState().frame);
    } catch (problem) {
      said.problem = problem instanceof Error ? problem.message : String(problem);
    }
    setAll((before) => [...before.slice(-49), said]);
    setBusy(false);
  };
  return (
    <>
      <p className={classes.title}>Prompt</p>
      <ol className={classes.said} aria-label="Prompt" aria-live="polite">
        {all.map((one, at) => (
          <li key={at}>
            <code className={classes.asked}>{one.asked}</code>
            {one.output ? <pre className={classes.output}>{one.output}</pre> : null}
            {one.value ? (
              <ul className={classes.tree} aria-label="Value">
                <Row one={one.value} />
              </ul>
            ) : null}
            {one.problem ? <p className={classes.problem}>{one.problem}</p> : null}
          </li>
        ))}
      </ol>
      <form className={classes.add} onSubmit={(event) => void ask(event)}>
        <TextInput
          size="xs"
          className={classes.condition ?? ""}
          aria-label="Evaluate in this frame"
          placeholder={paused ? "Expression or statement" : "While the script is stopped"}
          disabled={!paused}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        {busy ? (
          <Button size="xs" variant="default" onClick={() => void tell("interrupt").catch(() => undefined)}>
            Interrupt
          </Button>
        ) : null}
      </form>
    </>
  );
}
