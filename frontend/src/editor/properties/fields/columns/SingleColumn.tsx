import { CodeText } from "../../../../ui/CodeText";
import { Autocomplete } from "@mantine/core";
import { TypeMark } from "../../../../results/table/TypeMark";
import type { InputSchema } from "../../useInputSchema";
import type { FieldProps } from "../field";
import { ColumnBrief } from "./ColumnBrief";
import { ColumnOption } from "./ColumnOption";
import classes from "./ColumnsField.module.css";
import { pickColumns } from "./pick";
import { SchemaNote } from "./SchemaNote";
import { named, readSelection, singleName } from "./selection";
import { WrongValues } from "./WrongValues";

const MOST_OFFERED = 200;

/** One column, by its name; a name that is not known yet may be typed. */
export function SingleColumn({
  node,
  param,
  value,
  onChange,
  error,
  readOnly,
  schema,
  compact = false,
}: FieldProps & { schema: InputSchema }) {
  const { columns, artifact } = schema;
  const name = singleName(value) ?? "";
  const source = columns.findIndex((column) => column.name === name);
  const type = columns[source]?.type;
  const set = (to: string) => onChange(named(to ? [to] : []));
  const wrong = columns.length > 0 ? pickColumns(readSelection(value), columns).wrong : [];
  return (
    <div className={classes.field}>
      <Autocomplete
        label={param.label}
        description={param.help || undefined}
        placeholder={param.placeholder ?? "Name of a column"}
        data={[...new Set(columns.map((column) => column.name))]}
        limit={MOST_OFFERED}
        renderOption={({ option }) => (
          <ColumnOption name={option.value} columns={columns} checked={option.value === name} />
        )}
        leftSection={type ? <TypeMark type={type} size={15} /> : null}
        value={name}
        onChange={set}
        error={error && <CodeText>{error}</CodeText>}
        readOnly={readOnly}
        size="xs"
      />
      {artifact && source >= 0 && !compact ? (
        <div className={classes.below}>
          <ColumnBrief artifact={artifact} many={columns.length} source={source} />
        </div>
      ) : null}
      <WrongValues wrong={wrong} onReplace={(_, instead) => set(instead)} />
      {compact ? null : <SchemaNote schema={schema} node={node} input={param.of ?? ""} />}
    </div>
  );
}
