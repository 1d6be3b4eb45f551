import { SegmentedControl, Select, Textarea, TextInput } from "@mantine/core";
import type { ServiceColumn, ServiceEnd } from "../../api/services";
import type { InputDraft } from "./callBody";
import classes from "./ServiceScreen.module.css";

interface Props {
  input: ServiceEnd;
  draft: InputDraft;
  onChange: (change: Partial<InputDraft>) => void;
}

const MODES = [
  { value: "row", label: "One row" },
  { value: "table", label: "Table" },
];

/** The rows of one input: a field for each column, or a table that is pasted. */
export function InputFields({ input, draft, onChange }: Props) {
  const needed = input.columns.filter(({ optional }) => !optional);
  const rest = input.columns.filter(({ optional }) => optional);
  const field = (column: ServiceColumn) => (
    <ColumnField
      key={column.name}
      column={column}
      value={draft.row[column.name] ?? ""}
      onChange={(text) => onChange({ row: { ...draft.row, [column.name]: text } })}
    />
  );
  return (
    <fieldset className={classes.group}>
      <div className={classes.groupHead}>
        <legend className={classes.heading}>{input.name}</legend>
        <SegmentedControl
          size="xs"
          aria-label={`How to fill ${input.name}`}
          data={MODES}
          value={draft.mode}
          onChange={(mode) => onChange({ mode: mode === "table" ? "table" : "row" })}
        />
      </div>
      {draft.mode === "table" ? (
        <Textarea
          label="Rows"
          description="Paste rows from a spreadsheet or a CSV file. The first line names the columns."
          placeholder={needed.map(({ name }) => name).join(", ")}
          autosize
          minRows={6}
          maxRows={16}
          value={draft.table}
          onChange={(event) => onChange({ table: event.currentTarget.value })}
        />
      ) : (
        <>
          {needed.map(field)}
          {rest.length > 0 ? (
            <details open={needed.length === 0}>
              <summary>
                {rest.length === 1 ? "1 column" : `${rest.length} columns`} that the service does not need
              </summary>
              <div className={classes.group}>{rest.map(field)}</div>
            </details>
          ) : null}
        </>
      )}
    </fieldset>
  );
}

interface ColumnProps {
  column: ServiceColumn;
  value: string;
  onChange: (text: string) => void;
}

const BOOLEANS = ["True", "False"];

/** A field of the column's type. Empty is a missing value. */
function ColumnField({ column, value, onChange }: ColumnProps) {
  const label = (
    <>
      {column.name} <span className={classes.type}>{column.type}</span>
    </>
  );
  const choices = column.type === "boolean" ? BOOLEANS : column.levels;
  if (choices) {
    const known = value === "" || choices.includes(value) ? choices : [value, ...choices];
    return (
      <Select
        label={label}
        placeholder="missing"
        data={known}
        searchable={known.length > 8}
        clearable
        value={value || null}
        onChange={(chosen) => onChange(chosen ?? "")}
      />
    );
  }
  const isNumber = column.type === "integer" || column.type === "float";
  return (
    <TextInput
      label={label}
      placeholder="missing"
      inputMode={isNumber ? "decimal" : "text"}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
