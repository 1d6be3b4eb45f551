import { Autocomplete, Button, MultiSelect, Select, Switch, TagsInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { IconButton } from "../../../ui/IconButton";
import { useInputColumns } from "../useInputColumns";
import classes from "./ColumnsField.module.css";
import type { FieldProps } from "./field";
import {
  BY_LABELS,
  named,
  readSelection,
  singleName,
  TYPES,
  type By,
  type Rule,
  type Selection,
} from "./selection";

/** A choice of columns, by the columns that are really there where a run has shown them. */
export function ColumnsField(props: FieldProps) {
  const { node, param, value, onChange, error, readOnly } = props;
  const columns = useInputColumns(node, param.of).map((column) => column.name);
  const names = [...new Set(columns)];
  if (param.single) {
    return (
      <Autocomplete
        label={param.label}
        description={param.help}
        placeholder="Name of a column"
        data={names}
        value={singleName(value)}
        onChange={(name) => onChange(name ? named([name]) : named([]))}
        error={error}
        readOnly={readOnly}
        size="xs"
      />
    );
  }
  return <Rules {...props} names={names} />;
}

function Rules({ param, value, onChange, error, readOnly, names }: FieldProps & { names: string[] }) {
  const selection = readSelection(value);
  const set = (part: Partial<Selection>) => onChange({ ...selection, ...part });
  const setRule = (place: number, rule: Rule) =>
    set({ rules: selection.rules.map((old, index) => (index === place ? rule : old)) });

  return (
    <fieldset className={classes.field} disabled={readOnly}>
      <legend className={classes.legend}>{param.label}</legend>
      {param.help ? <p className={classes.help}>{param.help}</p> : null}
      <Select
        aria-label={`${param.label}: begin with`}
        size="xs"
        data={[
          { value: "none", label: "Begin with no columns" },
          { value: "all", label: "Begin with all columns" },
        ]}
        value={selection.begin}
        onChange={(begin) => set({ begin: begin === "all" ? "all" : "none" })}
        allowDeselect={false}
      />
      {selection.rules.map((rule, place) => (
        <RuleRow
          key={place}
          rule={rule}
          names={names}
          label={`${param.label}: rule ${place + 1}`}
          onChange={(changed) => setRule(place, changed)}
          onRemove={() => set({ rules: selection.rules.filter((_, index) => index !== place) })}
        />
      ))}
      <div className={classes.foot}>
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<IconPlus size={13} />}
          onClick={() =>
            set({
              rules: [...selection.rules, { by: "names", values: [], exclude: selection.begin === "all" }],
            })
          }
        >
          Add a rule
        </Button>
        <Switch
          size="xs"
          label="Keep this order"
          checked={selection.ordered}
          onChange={(event) => set({ ordered: event.currentTarget.checked })}
        />
      </div>
      {error ? (
        <p className={classes.error} role="alert">
          {error}
        </p>
      ) : null}
    </fieldset>
  );
}

interface RuleProps {
  rule: Rule;
  names: string[];
  label: string;
  onChange: (rule: Rule) => void;
  onRemove: () => void;
}

function RuleRow({ rule, names, label, onChange, onRemove }: RuleProps) {
  const values = {
    size: "xs",
    value: rule.values,
    onChange: (to: string[]) => onChange({ ...rule, values: to }),
  } as const;
  return (
    <div className={classes.rule} role="group" aria-label={label}>
      <Select
        aria-label={`${label}: include or exclude`}
        size="xs"
        data={["Include", "Exclude"]}
        value={rule.exclude ? "Exclude" : "Include"}
        onChange={(to) => onChange({ ...rule, exclude: to === "Exclude" })}
        allowDeselect={false}
      />
      <Select
        aria-label={`${label}: by what`}
        size="xs"
        data={Object.entries(BY_LABELS).map(([by, words]) => ({ value: by, label: words }))}
        value={rule.by}
        onChange={(by) => onChange({ ...rule, by: (by ?? "names") as By, values: [] })}
        allowDeselect={false}
      />
      <IconButton label={`Remove ${label}`} size={28} onClick={onRemove}>
        <IconTrash size={15} />
      </IconButton>
      <div className={classes.values}>
        {rule.by === "types" ? (
          <MultiSelect aria-label={`${label}: types`} placeholder="Types" data={TYPES} {...values} />
        ) : (
          <TagsInput
            aria-label={`${label}: ${rule.by}`}
            placeholder={PLACEHOLDERS[rule.by]}
            data={rule.by === "names" ? names : []}
            splitChars={rule.by === "pattern" ? [] : [","]}
            acceptValueOnBlur
            {...values}
          />
        )}
      </div>
    </div>
  );
}

const PLACEHOLDERS: Record<By, string> = {
  names: "Names of columns",
  types: "Types",
  indexes: "Positions, like 1-4",
  pattern: "A regular expression",
};
