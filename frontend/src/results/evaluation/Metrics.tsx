import { notifications } from "@mantine/notifications";
import { IconCopy } from "@tabler/icons-react";
import { copyText } from "../../ui/copyText";
import { IconButton } from "../../ui/IconButton";
import { asTsv } from "../table/copying";
import { numberText } from "../table/cells";
import { Tip } from "../../ui/Tip";
import classes from "./Evaluation.module.css";

export interface MetricRow {
  name: string;
  help: string;
  /** One for each scored dataset; null where it divides by nothing. */
  values: (number | null | undefined)[];
  /** Whether more is better, less is, or neither. */
  better?: "more" | "less" | undefined;
}

interface Props {
  rows: readonly MetricRow[];
  names: readonly string[];
  label: string;
}

export const metricText = (value: number | null | undefined): string =>
  value === null || value === undefined ? "–" : numberText(Number(value.toPrecision(4)));

/** Metrics of one or two scored datasets side by side, the better one marked; each explained on hover. */
export function Metrics({ rows, names, label }: Props) {
  const copy = () =>
    void copyText(
      asTsv([
        ["Metric", ...names],
        ...rows.map(({ name, values }) => [name, ...values.map((value) => String(value ?? ""))]),
      ]),
    ).then(() => notifications.show({ message: "Copied the metrics as a table." }));
  return (
    <section className={classes.metrics} aria-label={label}>
      <header className={classes.smallHead}>
        <h3>{label}</h3>
        <IconButton label="Copy the metrics" size={24} onClick={copy}>
          <IconCopy size={14} />
        </IconButton>
      </header>
      <table className={classes.metricTable}>
        {names.length > 1 ? (
          <thead>
            <tr>
              <td />
              {names.map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
        ) : null}
        <tbody>
          {rows.map((row) => (
            <tr key={row.name}>
              <th scope="row">
                <Tip
                  label={row.help}
                  multiline
                  w={260}
                  position="left"
                  openDelay={200}
                  events={{ hover: true, focus: true, touch: true }}
                >
                  <span tabIndex={0}>{row.name}</span>
                </Tip>
              </th>
              {row.values.map((value, index) => (
                <td key={index} data-best={isBest(row, index)}>
                  {metricText(value)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function isBest({ values, better }: MetricRow, index: number): boolean {
  const told = values.filter((value): value is number => typeof value === "number");
  if (!better || told.length < 2 || new Set(told).size < 2) return false;
  return values[index] === (better === "more" ? Math.max(...told) : Math.min(...told));
}
