import { Tabs } from "@mantine/core";
import type { OutputShown, Tried } from "../../../../api/types";
import { count, plural } from "../../../../ui/words";
import { QueryPlan } from "./QueryPlan";
import classes from "./Script.module.css";

const COLUMNS = 50;
const LOG = "log";
const PLAN = "plan-of-the-query";

/** What the tried node left on its outputs, and what it printed. */
export function SampleOutputs({ answer }: { answer: Tried }) {
  const ports = Object.entries(answer.outputs);
  const printed = answer.log.map(({ text }) => text).join("");
  const shown = ports.filter(([, { type, text, pictures }]) => type !== "device" || text || pictures?.length);
  if (shown.length === 0 && !printed) return null;
  return (
    <Tabs defaultValue={shown[0]?.[0] ?? LOG} keepMounted={false}>
      <Tabs.List aria-label="Outputs of the sample">
        {shown.map(([port]) => (
          <Tabs.Tab key={port} value={port}>
            {wordsOf(port)}
          </Tabs.Tab>
        ))}
        {printed ? <Tabs.Tab value={LOG}>Printed</Tabs.Tab> : null}
        {answer.plan?.length ? <Tabs.Tab value={PLAN}>How it ran</Tabs.Tab> : null}
      </Tabs.List>
      {shown.map(([port, output]) => (
        <Tabs.Panel key={port} value={port}>
          <Output port={port} output={output} />
        </Tabs.Panel>
      ))}
      <Tabs.Panel value={LOG}>
        <Text text={printed} />
      </Tabs.Panel>
      <Tabs.Panel value={PLAN}>
        <QueryPlan plan={answer.plan} />
      </Tabs.Panel>
    </Tabs>
  );
}

/** wordsOf("result_dataset2") → "Result dataset2" */
const wordsOf = (port: string): string => (port.charAt(0).toUpperCase() + port.slice(1)).replaceAll("_", " ");

function Output({ port, output }: { port: string; output: OutputShown }) {
  if (output.type === "table") return <Rows port={port} output={output} />;
  if (output.type !== "device") return <p className={classes.muted}>A {output.type} was made.</p>;
  return (
    <div className={classes.pictures}>
      {(output.pictures ?? []).map(({ name, media_type: type, data }) =>
        data ? (
          <img key={name} src={`data:${type};base64,${data}`} alt={name} />
        ) : (
          <p key={name} className={classes.muted}>
            {name} is too large to be shown here.
          </p>
        ),
      )}
      {output.text ? <Text text={output.text} /> : null}
    </div>
  );
}

function Text({ text }: { text: string }) {
  return (
    <pre className={classes.printed} tabIndex={0} role="region" aria-label="Printed text">
      {text}
    </pre>
  );
}

function Rows({ port, output }: { port: string; output: OutputShown }) {
  const columns = (output.columns ?? []).slice(0, COLUMNS);
  const rows = output.rows ?? [];
  return (
    <>
      <p className={classes.muted}>
        {plural(output.total ?? rows.length, "row")}, {plural(output.count ?? columns.length, "column")}
        {rows.length < (output.total ?? 0) ? `; the first ${count(rows.length)}` : ""}
      </p>
      <div className={classes.scroll} tabIndex={0} role="region" aria-label={`Rows of ${wordsOf(port)}`}>
        <table className={classes.head}>
          <thead>
            <tr>
              {columns.map(({ name, type }) => (
                <th key={name} scope="col" title={type}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, place) => (
              <tr key={place}>
                {columns.map(({ name }, at) => (
                  <td key={name} data-missing={row[at] === null}>
                    {row[at] === null ? "missing" : String(row[at])}
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
