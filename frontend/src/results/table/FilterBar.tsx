import { Button, CloseButton, Popover, Select, TextInput } from "@mantine/core";
import { IconFilterPlus } from "@tabler/icons-react";
import { useState, type FormEvent } from "react";
import type { Column, FilterOp, RowFilter } from "../../api/types";
import classes from "./FilterBar.module.css";
import { filterText, opsFor, readFilter, takesValue } from "./filters";

interface Props {
  columns: readonly Column[];
  filters: readonly RowFilter[];
  onChange: (filters: RowFilter[]) => void;
  /** The column a new filter starts with; undefined while none is being made. */
  making: string | null;
  onMake: (column: string | null) => void;
}

/** The filters that rows must pass, as chips, and a button that adds one. */
export function FilterBar({ columns, filters, onChange, making, onMake }: Props) {
  return (
    <div className={classes.bar}>
      {filters.map((filter, index) => (
        <span key={index} className={classes.chip}>
          <span className={classes.text}>{filterText(filter)}</span>
          <CloseButton
            size={18}
            iconSize={12}
            aria-label={`Remove the filter ${filterText(filter)}`}
            onClick={() => onChange(filters.filter((_, other) => other !== index))}
          />
        </span>
      ))}
      <Popover
        opened={making !== null}
        onChange={(opened) => !opened && onMake(null)}
        position="bottom-start"
        shadow="md"
        width={280}
        trapFocus
        returnFocus
      >
        <Popover.Target>
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            leftSection={<IconFilterPlus size={16} />}
            disabled={columns.length === 0}
            onClick={() => onMake(making === null ? (columns[0]?.name ?? null) : null)}
          >
            Filter
          </Button>
        </Popover.Target>
        <Popover.Dropdown>
          {making !== null ? (
            <FilterForm
              columns={columns}
              start={making}
              onDone={(filter) => {
                onChange([...filters, filter]);
                onMake(null);
              }}
            />
          ) : null}
        </Popover.Dropdown>
      </Popover>
    </div>
  );
}

interface FormProps {
  columns: readonly Column[];
  start: string;
  onDone: (filter: RowFilter) => void;
}

function FilterForm({ columns, start, onDone }: FormProps) {
  const [name, setName] = useState(start);
  const type = columns.find((column) => column.name === name)?.type ?? "string";
  const ops = opsFor(type);
  const [wanted, setOp] = useState<FilterOp | null>(null);
  const op = ops.find(({ value }) => value === wanted)?.value ?? ops[0]?.value ?? "eq";
  const [typed, setTyped] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const filter = readFilter(name, type, op, typed);
    if (typeof filter === "string") setProblem(filter);
    else onDone(filter);
  };
  const names = [...new Set(columns.map((column) => column.name))];
  return (
    <form className={classes.form} onSubmit={submit}>
      <Select
        label="Column"
        searchable
        allowDeselect={false}
        data={names}
        limit={100}
        value={name}
        onChange={(value) => value !== null && setName(value)}
        comboboxProps={{ withinPortal: false }}
      />
      <Select
        label="Condition"
        allowDeselect={false}
        data={ops}
        value={op}
        onChange={(value) => setOp(value as FilterOp)}
        comboboxProps={{ withinPortal: false }}
      />
      {takesValue(op) ? (
        <TextInput
          label={op === "in" ? "Values, separated by commas" : "Value"}
          value={typed}
          error={problem}
          data-autofocus
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            setProblem(null);
          }}
        />
      ) : null}
      <Button type="submit">Add filter</Button>
    </form>
  );
}
