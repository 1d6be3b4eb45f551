import { MultiSelect, Select, TagsInput } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import type { Column } from "../../../../api/types";
import { IconButton } from "../../../../ui/IconButton";
import { ColumnOption } from "./ColumnOption";
import classes from "./ColumnsField.module.css";
import type { WrongValue } from "./pick";
import { BY_LABELS, TYPE_WORDS, type By, type Rule } from "./selection";
import { WrongValues } from "./WrongValues";

interface Props {
  rule: Rule;
  columns: readonly Column[];
  wrong: readonly WrongValue[];
  label: string;
  onChange: (rule: Rule) => void;
  onRemove: () => void;
}

const MOST_OFFERED = 50;

/** One rule: take in or leave out, by what, and which. */
export function RuleRow({ rule, columns, wrong, label, onChange, onRemove }: Props) {
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
          <MultiSelect
            aria-label={`${label}: types`}
            placeholder={rule.values.length ? "" : PLACEHOLDERS.types}
            data={Object.entries(TYPE_WORDS).map(([value, word]) => ({ value, label: word }))}
            {...values}
          />
        ) : (
          <TagsInput
            aria-label={`${label}: ${rule.by}`}
            placeholder={rule.values.length ? "" : PLACEHOLDERS[rule.by]}
            data={rule.by === "names" ? [...new Set(columns.map(({ name }) => name))] : []}
            limit={MOST_OFFERED}
            renderOption={({ option }) => <ColumnOption name={option.value} columns={columns} />}
            splitChars={rule.by === "indexes" ? [","] : []}
            acceptValueOnBlur
            {...values}
          />
        )}
        <WrongValues
          wrong={wrong}
          onReplace={(value, instead) =>
            onChange({ ...rule, values: rule.values.map((old) => (old === value ? instead : old)) })
          }
        />
      </div>
    </div>
  );
}

const PLACEHOLDERS: Record<By, string> = {
  names: "Names of columns",
  types: "Types",
  indexes: "Positions from 1, like 1-4, 6",
  pattern: "A pattern, like ^x or _id$",
};
