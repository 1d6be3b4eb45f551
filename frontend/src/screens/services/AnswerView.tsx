import { SegmentedControl } from "@mantine/core";
import { useState } from "react";
import type { AnswerTable, CallAnswer, CallRefusal } from "../../api/services";
import { CopyButton } from "../../ui/CopyButton";
import { CodeText } from "../../ui/CodeText";
import { Loading } from "../../ui/Loading";
import { ProblemMessage } from "../../ui/ProblemMessage";
import { duration, plural } from "../../ui/words";
import classes from "./ServiceScreen.module.css";

interface Props {
  answer: CallAnswer | undefined;
  error: Error | null;
  isPending: boolean;
}

const VIEWS = [
  { value: "table", label: "Table" },
  { value: "json", label: "JSON" },
];

/** What the service answered: its tables, or why it refused; or the JSON as it came. */
export function AnswerView({ answer, error, isPending }: Props) {
  const [view, setView] = useState("table");
  if (isPending) return <Loading label="Waiting for the answer…" />;
  if (error) return <ProblemMessage title="No answer came" error={error} />;
  if (!answer) {
    return (
      <section aria-label="Answer">
        <p className={classes.note}>The answer appears here. Ctrl+Enter calls the service, too.</p>
      </section>
    );
  }
  return (
    <section aria-label="Answer" aria-live="polite">
      <div className={classes.answerHead}>
        <h2 className={classes.heading}>{answer.refusal ? "The call was refused" : "Answer"}</h2>
        <span className={classes.type}>
          {answer.status}, {duration(answer.milliseconds)}
        </span>
        <SegmentedControl
          size="xs"
          aria-label="Show the answer as"
          data={VIEWS}
          value={view}
          onChange={setView}
        />
        <CopyButton text={answer.text} label="Copy the JSON" />
      </div>
      {view === "json" ? (
        <pre className={classes.code} tabIndex={0} aria-label="The answer as JSON">
          {pretty(answer.text)}
        </pre>
      ) : answer.refusal ? (
        <Refusal refusal={answer.refusal} />
      ) : (
        Object.entries(answer.outputs ?? {}).map(([name, table]) => (
          <OutputTable key={name} name={name} table={table} />
        ))
      )}
    </section>
  );
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

function Refusal({ refusal }: { refusal: CallRefusal }) {
  const more = refusal.details.filter(({ message }) => message !== refusal.message);
  return (
    <div className={classes.refusal} role="alert">
      <strong>{refusal.code}</strong>
      <p>
        <CodeText>{refusal.message}</CodeText>
      </p>
      {more.length > 0 ? (
        <ul>
          {more.map(({ code, target, message }, place) => (
            <li key={place}>
              {target ? <strong>{target}: </strong> : null}
              <CodeText>{message}</CodeText> <span className={classes.type}>{code}</span>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}

/** Rows that are drawn: the rest stands in the JSON. */
const MOST = 100;

function OutputTable({ name, table }: { name: string; table: AnswerTable }) {
  const { ColumnNames: names, ColumnTypes: types, Values: values } = table;
  return (
    <>
      <p className={classes.note}>
        {name}: {plural(values.length, "row")} × {plural(names.length, "column")}
        {values.length > MOST ? `, the first ${MOST} are shown` : ""}
      </p>
      <div className={classes.table} tabIndex={0} role="region" aria-label={`Rows of ${name}`}>
        <table aria-label={name}>
          <thead>
            <tr>
              {names.map((column, place) => (
                <th key={column} scope="col">
                  {column} <span className={classes.type}>{types[place]}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {values.slice(0, MOST).map((row, place) => (
              <tr key={place}>
                {row.map((cell, at) => (
                  <td key={at}>
                    {cell === null ? <span className={classes.missing}>missing</span> : String(cell)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
