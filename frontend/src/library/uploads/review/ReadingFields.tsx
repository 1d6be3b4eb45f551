import { NumberInput, Select, TagsInput, TextInput } from "@mantine/core";
import { DATASET_TYPES, isDelimited, isText } from "../../../api/datasetTypes";
import type { Preview } from "../../../api/review";
import type { DatasetType } from "../../../api/types";
import { DELIMITERS, ENCODINGS } from "./choices";
import { readAs, say, type Draft } from "./draft";
import classes from "./Review.module.css";

interface Props {
  draft: Draft;
  /** The last answer; its guesses stand where nothing was said. */
  seen: Preview | undefined;
  /** As what it could not be read, where the last answer was a refusal. */
  tried: DatasetType | undefined;
  /** Null where the name is given: a new version. */
  name: { value: string; placeholder: string; set: (name: string) => void } | null;
  onChange: (draft: Draft) => void;
}

/** How the file as a whole is read. */
export function ReadingFields({ draft, seen, tried, name, onChange }: Props) {
  const { reading } = draft;
  const type = draft.type ?? seen?.type ?? tried ?? null;
  const found = seen?.found;
  const change = (to: Parameters<typeof say>[1]) => onChange(say(draft, to));
  return (
    <div className={classes.fields}>
      {name ? (
        <TextInput
          label="Name"
          placeholder={name.placeholder}
          maxLength={200}
          value={name.value}
          onChange={(event) => name.set(event.currentTarget.value)}
        />
      ) : null}
      <Select
        label="Format"
        data={DATASET_TYPES}
        value={type}
        allowDeselect={false}
        onChange={(value) => value && onChange(readAs(draft, value))}
      />
      {type && isDelimited(type) ? (
        <Select
          label="Separator"
          data={known(DELIMITERS, found?.delimiter)}
          value={reading.delimiter ?? found?.delimiter ?? null}
          allowDeselect={false}
          onChange={(value) => change({ delimiter: value ?? undefined, columns: undefined })}
        />
      ) : null}
      {type && (isDelimited(type) || type === "xlsx") ? (
        <NumberInput
          label={type === "xlsx" ? "Rows to skip" : "Lines to skip"}
          min={0}
          max={10_000}
          allowDecimal={false}
          value={reading.skip ?? found?.skip ?? 0}
          onChange={(value) => change({ skip: value === "" ? undefined : Number(value), columns: undefined })}
        />
      ) : null}
      {type && isText(type) ? (
        <Select
          label="Encoding"
          placeholder="Detected"
          data={known(ENCODINGS, found?.encoding)}
          value={reading.encoding ?? found?.encoding ?? null}
          allowDeselect={false}
          searchable
          onChange={(value) => change({ encoding: value ?? undefined, columns: undefined })}
        />
      ) : null}
      <Part
        label="Sheet"
        all={found?.sheets}
        one={found?.sheet}
        onChange={(sheet) => change({ sheet, columns: undefined })}
      />
      <Part
        label="Object"
        all={found?.objects}
        one={found?.object}
        onChange={(object) => change({ object, columns: undefined })}
      />
      {type && type !== "zip" ? (
        <TagsInput
          label="Also treat as missing"
          placeholder={reading.missing?.length ? undefined : "-999, ?"}
          value={reading.missing ?? []}
          onChange={(missing) => change({ missing })}
        />
      ) : null}
    </div>
  );
}

interface PartProps {
  label: string;
  all: string[] | null | undefined;
  one: string | null | undefined;
  onChange: (part: string) => void;
}

/** Which of several tables in the file; nothing where there is one. */
function Part({ label, all, one, onChange }: PartProps) {
  if (!all || all.length < 2) return null;
  return (
    <Select
      label={label}
      data={all}
      value={one ?? null}
      allowDeselect={false}
      onChange={(value) => value && onChange(value)}
    />
  );
}

/** The choices, and what was found where it is none of them. */
function known(choices: { value: string; label: string }[], found: string | null | undefined) {
  if (!found || choices.some(({ value }) => value === found)) return choices;
  return [...choices, { value: found, label: JSON.stringify(found).slice(1, -1) }];
}
