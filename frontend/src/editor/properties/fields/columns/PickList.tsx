import { Checkbox } from "@mantine/core";
import { useMemo, useState } from "react";
import { SearchBox } from "../../../../ui/SearchBox";
import { count } from "../../../../ui/words";
import type { InputSchema } from "../../useInputSchema";
import { ColumnBox } from "./ColumnBox";
import classes from "./ColumnsField.module.css";
import { allColumns, withColumns } from "./picking";
import { TYPE_WORDS, type Selection } from "./selection";

interface Props {
  label: string;
  schema: InputSchema;
  selection: Selection;
  /** Their names, in the order of the result. */
  picked: readonly string[];
  onChange: (selection: Selection) => void;
  readOnly: boolean;
}

/** From how many columns on a search is worth its place. */
const MANY = 9;

/** The columns of the input, each with a tick where the selection has it. */
export function PickList({ label, schema, selection, picked, onChange, readOnly }: Props) {
  const { columns, artifact } = schema;
  const [search, setSearch] = useState("");
  const places = useMemo(() => new Map(picked.map((name, place) => [name, place + 1])), [picked]);
  const wanted = search.trim().toLowerCase();
  const found = columns
    .map((column, source) => ({ column, source }))
    .filter(
      ({ column: { name, type } }) =>
        name.toLowerCase().includes(wanted) || (TYPE_WORDS[type] ?? type) === wanted || type === wanted,
    );
  const chosen = found.filter(({ column }) => places.has(column.name)).length;
  const setAll = (on: boolean) =>
    onChange(
      wanted === ""
        ? allColumns(selection, on)
        : withColumns(
            selection,
            found.map(({ column }) => column.name),
            on,
            columns,
          ),
    );
  return (
    <div className={classes.picks}>
      <div className={classes.pickHead}>
        <Checkbox
          size="xs"
          aria-label={`${label}: all ${wanted === "" ? "columns" : "found"}`}
          checked={found.length > 0 && chosen === found.length}
          indeterminate={chosen > 0 && chosen < found.length}
          disabled={readOnly || found.length === 0}
          onChange={() => setAll(chosen < found.length)}
        />
        <span className={classes.count} data-none={picked.length === 0} aria-live="polite">
          {wanted === "" ? "" : `${count(found.length)} found · `}
          {count(places.size)} of {count(columns.length)} {columns.length === 1 ? "column" : "columns"}
        </span>
      </div>
      {columns.length >= MANY ? (
        <div className={classes.pickSearch}>
          <SearchBox label="Search names and types" value={search} onChange={setSearch} compact />
        </div>
      ) : null}
      <ColumnBox
        label={`Columns for ${label}`}
        found={found}
        artifact={artifact}
        many={columns.length}
        placeOf={(name) => places.get(name)}
        numbered={selection.ordered}
        readOnly={readOnly}
        onSet={(names, on) => onChange(withColumns(selection, names, on, columns))}
      />
    </div>
  );
}
