import { IconArrowDown, IconArrowUp, IconTrash } from "@tabler/icons-react";
import { IconButton } from "../../../../ui/IconButton";
import type { FieldProps } from "../field";
import { ParamField } from "../ParamField";
import classes from "./RecordsField.module.css";
import { shownFields, valueOf, withField, type Entry } from "./records";

interface Props extends Omit<FieldProps, "value" | "onChange"> {
  record: Entry;
  place: number;
  many: number;
  onChange: (record: Entry) => void;
  onRemove: () => void;
  onMove: (to: number) => void;
}

/** One record of a list: its fields, and what can be done with it. */
export function RecordCard({
  node,
  param,
  record,
  place,
  many,
  readOnly,
  onChange,
  onRemove,
  onMove,
}: Props) {
  const name = `${param.label}, number ${place + 1}`;
  return (
    <div className={classes.record} role="group" aria-label={name} data-record>
      <div className={classes.head}>
        <span className={classes.number}>{place + 1}</span>
        {readOnly ? null : (
          <>
            <IconButton
              label={`Move ${name} up`}
              size={22}
              disabled={place === 0}
              onClick={() => onMove(place - 1)}
            >
              <IconArrowUp size={14} />
            </IconButton>
            <IconButton
              label={`Move ${name} down`}
              size={22}
              disabled={place === many - 1}
              onClick={() => onMove(place + 1)}
            >
              <IconArrowDown size={14} />
            </IconButton>
            <IconButton label={`Remove ${name}`} size={22} onClick={onRemove}>
              <IconTrash size={14} />
            </IconButton>
          </>
        )}
      </div>
      {shownFields(param.fields ?? [], record, place).map((field) => (
        <ParamField
          key={field.name}
          node={node}
          param={field}
          value={valueOf(record, field)}
          onChange={(value) => onChange(withField(record, field, value))}
          error={null}
          errorLine={null}
          readOnly={readOnly}
          compact
        />
      ))}
    </div>
  );
}
