import { Button, SegmentedControl, Switch } from "@mantine/core";
import { IconChevronRight, IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import type { Column } from "../../../../api/types";
import classes from "./ColumnsField.module.css";
import type { WrongValue } from "./pick";
import { RuleRow } from "./RuleRow";
import { describeSelection, type Rule, type Selection } from "./selection";

interface Props {
  label: string;
  selection: Selection;
  columns: readonly Column[];
  wrong: readonly WrongValue[];
  onChange: (selection: Selection) => void;
  readOnly: boolean;
  /** Open at first, where there is no list to tick. */
  startOpen: boolean;
}

/** The rules of a selection, in words and, unfolded, one by one. */
export function Rules({ label, selection, columns, wrong, onChange, readOnly, startOpen }: Props) {
  const [open, setOpen] = useState<boolean | null>(null);
  const isOpen = open ?? (startOpen || wrong.length > 0 || selection.rules.some(({ by }) => by !== "names"));
  const set = (part: Partial<Selection>) => onChange({ ...selection, ...part });
  const setRule = (place: number, rule: Rule) =>
    set({ rules: selection.rules.map((old, index) => (index === place ? rule : old)) });
  return (
    <div className={classes.rules}>
      <button
        type="button"
        className={classes.fold}
        aria-expanded={isOpen}
        aria-label={`Rules: ${describeSelection(selection)}, for ${label}`}
        onClick={() => setOpen(!isOpen)}
      >
        <IconChevronRight size={14} aria-hidden />
        <span className={classes.foldText}>
          Rules<span className={classes.quiet}>: {describeSelection(selection)}</span>
        </span>
      </button>
      {isOpen ? (
        <fieldset className={classes.field} disabled={readOnly}>
          <SegmentedControl
            size="xs"
            fullWidth
            aria-label={`${label}: start from`}
            data={[
              { value: "none", label: "Start from no columns" },
              { value: "all", label: "Start from all columns" },
            ]}
            value={selection.begin}
            disabled={readOnly}
            onChange={(begin) => set({ begin: begin === "all" ? "all" : "none" })}
          />
          {selection.rules.map((rule, place) => (
            <RuleRow
              key={place}
              rule={rule}
              columns={columns}
              wrong={wrong.filter((one) => one.rule === place)}
              label={`${label}: rule ${place + 1}`}
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
                  rules: [
                    ...selection.rules,
                    {
                      by: columns.length > 0 ? "types" : "names",
                      values: [],
                      exclude: selection.begin === "all",
                    },
                  ],
                })
              }
            >
              Add a rule
            </Button>
            <Switch
              size="xs"
              label="Order of selection"
              title="Columns come in the order in which they are selected, and may come twice"
              checked={selection.ordered}
              onChange={(event) => set({ ordered: event.currentTarget.checked })}
            />
          </div>
        </fieldset>
      ) : null}
    </div>
  );
}
