import { CodeText } from "../../../../ui/CodeText";
import { useMemo } from "react";
import { useInputSchema } from "../../useInputSchema";
import type { FieldProps } from "../field";
import classes from "./ColumnsField.module.css";
import { PickList } from "./PickList";
import { pickColumns } from "./pick";
import { Rules } from "./Rules";
import { SchemaNote } from "./SchemaNote";
import { readSelection, singleName, type Selection } from "./selection";
import { SingleColumn } from "./SingleColumn";

/** A choice of columns: of those that are really there, ticked one by one, or by rules. */
export function ColumnsField(props: FieldProps) {
  const { node, param, value, onChange, error, readOnly } = props;
  const schema = useInputSchema(node, param.of);
  const selection = useMemo(() => readSelection(value), [value]);
  const { columns } = schema;
  const picked = useMemo(() => pickColumns(selection, columns), [selection, columns]);
  const known = columns.length > 0;
  if (param.single && singleName(value) !== null) return <SingleColumn {...props} schema={schema} />;
  const set = (to: Selection) => onChange(to);
  return (
    <fieldset className={classes.field}>
      <legend className={classes.legend}>{param.label}</legend>
      {param.help ? <p className={classes.help}>{param.help}</p> : null}
      <SchemaNote schema={schema} input={param.of ?? ""} node={node} />
      {known ? (
        <PickList
          label={param.label}
          schema={schema}
          selection={selection}
          picked={picked.names}
          onChange={set}
          readOnly={readOnly}
        />
      ) : null}
      <Rules
        label={param.label}
        selection={selection}
        columns={columns}
        wrong={known ? picked.wrong : []}
        onChange={set}
        readOnly={readOnly}
        startOpen={!known && !schema.waiting}
      />
      {error ? (
        <p className={classes.error} role="alert">
          <CodeText>{error}</CodeText>
        </p>
      ) : null}
    </fieldset>
  );
}
