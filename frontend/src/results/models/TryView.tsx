import { Button, Select, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { inputsQuery, tryModel, type ModelInput, type ModelInputs, type Tried } from "../../api/models";
import { Loading } from "../../ui/Loading";
import { ProblemMessage } from "../../ui/ProblemMessage";
import { plural } from "../../ui/words";
import { metricText } from "../evaluation/Metrics";
import { fullText } from "../table/cells";
import { typeWord } from "../table/TypeMark";
import { Bars } from "./Bars";
import { sentRow, typedRow, wrongIn, type Typed } from "./row";
import classes from "./Try.module.css";

/** A row that somebody types, how the model scores it, and which features moved the score most. */
export function TryView({ artifact }: { artifact: string }) {
  const { data, error, refetch } = useQuery(inputsQuery(artifact));
  if (error)
    return <ProblemMessage title="No row can be typed" error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading label="Looking what a row has…" />;
  return <Form artifact={artifact} shape={data} />;
}

function Form({ artifact, shape }: { artifact: string; shape: ModelInputs }) {
  const [place, setPlace] = useState(0);
  const [typed, setTyped] = useState<Typed>(() => typedRow(shape, 0));
  const asked = useMutation({ mutationFn: () => tryModel(artifact, sentRow(shape.inputs, typed)) });
  const wrong = shape.inputs.some((input) => wrongIn(input, typed[input.name] ?? "") !== null);
  const another = () => {
    const next = (place + 1) % shape.rows.length;
    setPlace(next);
    setTyped(typedRow(shape, next));
    asked.reset();
  };
  return (
    <form
      className={classes.form}
      aria-label="Try the model"
      onSubmit={(event) => {
        event.preventDefault();
        if (!wrong) asked.mutate();
      }}
    >
      <div className={classes.fields}>
        {shape.inputs.map((input) => (
          <Field
            key={input.name}
            input={input}
            value={typed[input.name] ?? ""}
            onChange={(text) => setTyped((row) => ({ ...row, [input.name]: text }))}
          />
        ))}
      </div>
      <div className={classes.bar}>
        <Button type="submit" size="xs" loading={asked.isPending} disabled={wrong}>
          Score this row
        </Button>
        {shape.rows.length > 1 ? (
          <Button size="xs" variant="default" onClick={another}>
            Take another training row
          </Button>
        ) : null}
      </div>
      {asked.error ? <ProblemMessage title="The row cannot be scored" error={asked.error} /> : null}
      <div role="status">{asked.data ? <Said said={asked.data} /> : null}</div>
    </form>
  );
}

interface FieldProps {
  input: ModelInput;
  value: string;
  onChange: (text: string) => void;
}

function Field({ input, value, onChange }: FieldProps) {
  const choices = input.type === "boolean" ? ["true", "false"] : input.levels;
  const shared = { label: input.name, size: "xs", classNames: { label: classes.label ?? "" } } as const;
  if (choices && choices.length > 0)
    return (
      <Select
        {...shared}
        data={[...new Set(value === "" ? choices : [...choices, value])]}
        value={value || null}
        placeholder="Missing"
        searchable
        clearable
        onChange={(chosen) => onChange(chosen ?? "")}
      />
    );
  return (
    <TextInput
      {...shared}
      value={value}
      placeholder="Missing"
      inputMode={input.type === "integer" || input.type === "float" ? "decimal" : "text"}
      title={input.type ? typeWord(input.type as Parameters<typeof typeWord>[0]) : undefined}
      error={wrongIn(input, value)}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}

function Said({ said }: { said: Tried }) {
  const moved = said.moved.filter(({ effect }) => effect !== null && effect !== 0);
  return (
    <div className={classes.said}>
      <dl className={classes.scores}>
        {said.scores.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              {value === null ? "no score" : typeof value === "number" ? metricText(value) : fullText(value)}
            </dd>
          </div>
        ))}
      </dl>
      {said.score === null ? (
        <p className={classes.note}>
          The row has no score: a feature is missing, which this learner cannot take.
        </p>
      ) : said.against === 0 ? (
        <p className={classes.note}>
          The model kept no training rows, so nothing tells which features moved the score.
        </p>
      ) : moved.length === 0 ? (
        <p className={classes.note}>No feature moves the score of this row.</p>
      ) : (
        <>
          <Bars
            title={`What moved it: ${said.of}`}
            xTitle="Change of the score"
            bars={moved.map(({ name, value, usual, effect }) => ({
              name,
              value: effect ?? 0,
              words: `${name} is ${fullText(value) || "missing"} (usually ${fullText(usual)}): ${
                (effect ?? 0) > 0 ? "+" : ""
              }${metricText(effect)}`,
            }))}
          />
          <p className={classes.note}>
            One feature at a time takes the values that it has in {plural(said.against, "training row")},
            while all others stay. The bar is the score of this row less the mean of those scores. Features
            that act together share no bar.
          </p>
        </>
      )}
    </div>
  );
}
