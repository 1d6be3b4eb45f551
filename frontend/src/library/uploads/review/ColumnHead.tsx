import { Checkbox, Popover, TagsInput } from "@mantine/core";
import { IconAdjustments } from "@tabler/icons-react";
import type { ColumnReading, PreviewColumn, ReadAs } from "../../../api/review";
import { IconButton } from "../../../ui/IconButton";
import { typeWord } from "../../../results/table/TypeMark";
import { READ_AS, readAsLabel, readAsWord } from "./choices";
import classes from "./Review.module.css";

interface Props {
  column: PreviewColumn;
  said: ColumnReading | undefined;
  /** The file says the types itself; nothing is guessed. */
  typed: boolean;
  /** Each date that is shown has no time. */
  daysOnly: boolean;
  /** NA may be a value: the file does not say what is missing. */
  wordy: boolean;
  /** What stands between the numbers of its dates. */
  sign: string | undefined;
  onChange: (change: { [K in keyof ColumnReading]?: ColumnReading[K] | undefined }) => void;
}

/** A column's name, what it is read as, and what is missing in it. Plain fields: there may be hundreds. */
export function ColumnHead({ column, said, typed, daysOnly, wordy, sign, onChange }: Props) {
  const { original, type, note, could_be = [] } = column;
  return (
    <th scope="col">
      <div className={classes.line}>
        <input
          className={classes.field}
          aria-label={`Name of column ${original}`}
          defaultValue={said?.name ?? original}
          placeholder={original}
          onChange={(event) => {
            const name = event.currentTarget.value.trim();
            onChange({ name: name === original ? undefined : name });
          }}
        />
        <Popover position="bottom-end" width={240} trapFocus withinPortal shadow="md">
          <Popover.Target>
            <IconButton
              label={`Missing values of ${original}`}
              data-said={Boolean(said?.missing?.length ?? said?.literal)}
            >
              <IconAdjustments size={14} />
            </IconButton>
          </Popover.Target>
          <Popover.Dropdown>
            <TagsInput
              label="Missing in this column"
              placeholder="-999, ?"
              value={said?.missing ?? []}
              onChange={(missing) => onChange({ missing })}
            />
            {wordy ? (
              <Checkbox
                mt="sm"
                label="Treat NA, null and the like as values"
                checked={said?.literal ?? false}
                onChange={(event) => onChange({ literal: event.currentTarget.checked || undefined })}
              />
            ) : null}
          </Popover.Dropdown>
        </Popover>
      </div>
      <select
        className={classes.field}
        aria-label={`Type of column ${original}`}
        data-said={said?.type !== undefined}
        value={said?.type ?? ""}
        onChange={(event) =>
          onChange({ type: (event.currentTarget.value || undefined) as ReadAs | undefined })
        }
      >
        <option value="">
          {said?.type
            ? typed
              ? "As in the file"
              : "As detected"
            : `${typed ? "In the file" : "Detected"}: ${daysOnly ? "date" : typeWord(type)}`}
        </option>
        {READ_AS.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {readAsLabel(choice, sign)}
          </option>
        ))}
      </select>
      {could_be.map((choice) => (
        <button
          key={choice}
          type="button"
          className={classes.hint}
          aria-label={`Read as ${readAsWord(choice, sign)}: column ${original}`}
          onClick={() => onChange({ type: choice })}
        >
          Read as {readAsWord(choice, sign)}
        </button>
      ))}
      {note ? (
        <span className={classes.note} title={note}>
          {note}
        </span>
      ) : null}
    </th>
  );
}
