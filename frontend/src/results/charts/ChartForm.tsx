import { Checkbox, NumberInput, Select, Switch } from "@mantine/core";
import type { ChartKind, Measure } from "../../api/charts";
import type { Column } from "../../api/types";
import classes from "./ChartView.module.css";
import { KIND_WORDS } from "./kinds";
import type { Wish } from "./wish";

const MEASURES: { value: Measure; label: string }[] = [
  { value: "mean", label: "Mean" },
  { value: "sum", label: "Sum" },
  { value: "min", label: "Smallest" },
  { value: "max", label: "Largest" },
  { value: "count", label: "Rows" },
];

interface Props {
  columns: readonly Column[];
  wish: Wish;
  kind: ChartKind;
  kinds: readonly ChartKind[];
  onChange: (change: Partial<Wish>) => void;
}

/** What is drawn: the column, what it is compared to, and how. */
export function ChartForm({ columns, wish, kind, kinds, onChange }: Props) {
  const names = [...new Set(columns.map(({ name }) => name))];
  const ofAll = kind === "correlation";
  return (
    <form className={classes.form} aria-label="Chart" onSubmit={(event) => event.preventDefault()}>
      <Switch
        label="Correlation of all columns"
        checked={ofAll}
        onChange={(event) => onChange({ kind: event.currentTarget.checked ? "correlation" : null })}
      />
      {ofAll ? null : (
        <>
          <Select
            label="Column"
            searchable
            allowDeselect={false}
            limit={200}
            data={names}
            value={wish.x}
            onChange={(x) => x !== null && onChange({ x, kind: null })}
          />
          <Select
            label="Compare to"
            placeholder="Nothing"
            searchable
            clearable
            limit={200}
            data={names.filter((name) => name !== wish.x)}
            value={wish.y}
            onChange={(y) => onChange({ y, kind: null })}
          />
          <Select
            label="Drawn as"
            allowDeselect={false}
            data={kinds.map((value) => ({ value, label: KIND_WORDS[value] }))}
            value={kind}
            onChange={(value) => onChange({ kind: value as ChartKind })}
          />
        </>
      )}
      {kind === "histogram" || kind === "line" ? (
        <NumberInput
          label="Bins"
          min={1}
          max={500}
          clampBehavior="strict"
          value={wish.bins}
          onChange={(value) =>
            typeof value === "number" && value >= 1 && onChange({ bins: Math.round(value) })
          }
        />
      ) : null}
      {kind === "histogram" ? (
        <>
          <Checkbox
            label="Log scale"
            checked={wish.log}
            onChange={(event) => onChange({ log: event.currentTarget.checked })}
          />
          <Checkbox
            label="Cumulative"
            checked={wish.cumulative}
            onChange={(event) => onChange({ cumulative: event.currentTarget.checked })}
          />
        </>
      ) : null}
      {kind === "bar" && wish.y ? (
        <Select
          label="Bars show"
          allowDeselect={false}
          data={MEASURES.filter(({ value }) => value !== "sum" || !isDate(columns, wish.y))}
          value={wish.measure}
          onChange={(value) => onChange({ measure: value as Measure })}
        />
      ) : null}
    </form>
  );
}

/** Dates have no sum. */
const isDate = (columns: readonly Column[], name: string | null): boolean =>
  columns.some((column) => column.name === name && column.type === "datetime");
