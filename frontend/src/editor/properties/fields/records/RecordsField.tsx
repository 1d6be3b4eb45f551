import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useRef } from "react";
import { CodeText } from "../../../../ui/CodeText";
import type { FieldProps } from "../field";
import { RecordCard } from "./RecordCard";
import classes from "./RecordsField.module.css";
import { moved, readRecords, type Entry } from "./records";

/** A list of records, such as sort keys or conditions: each a card with the fields of a record. */
export function RecordsField(props: FieldProps) {
  const { param, value, onChange, error, readOnly } = props;
  const records = readRecords(value);
  const list = useRef<HTMLFieldSetElement>(null);
  const set = (place: number, to: Entry) => onChange(records.map((one, at) => (at === place ? to : one)));
  const add = () => {
    onChange([...records, {}]);
    requestAnimationFrame(() => {
      const cards = list.current?.querySelectorAll<HTMLElement>("[data-record]");
      cards?.[cards.length - 1]?.querySelector<HTMLElement>("input")?.focus();
    });
  };
  return (
    <fieldset ref={list} className={classes.field}>
      <legend className={classes.legend}>{param.label}</legend>
      {param.help ? <p className={classes.help}>{param.help}</p> : null}
      {records.map((record, place) => (
        <RecordCard
          key={place}
          {...props}
          record={record}
          place={place}
          many={records.length}
          onChange={(to) => set(place, to)}
          onRemove={() => onChange(records.filter((_, at) => at !== place))}
          onMove={(to) => onChange(moved(records, place, to))}
        />
      ))}
      {records.length === 0 ? <p className={classes.help}>None yet.</p> : null}
      {readOnly ? null : (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={14} aria-hidden />}
          className={classes.add ?? ""}
          onClick={add}
          aria-label={`Add to ${param.label}`}
        >
          Add
        </Button>
      )}
      {error ? (
        <p className={classes.error} role="alert">
          <CodeText>{error}</CodeText>
        </p>
      ) : null}
    </fieldset>
  );
}
