import { Select, Textarea, TextInput } from "@mantine/core";
import { GROUP } from "../../graph/own/definition";
import { GLYPH_NAMES } from "../flow/moduleLook";
import classes from "./OwnModuleDialog.module.css";

export interface Said {
  name: string;
  help: string;
  group: string;
  icon: string | null;
}

/** `split-data` → "Split data" */
const wordsOf = (slug: string): string => slug.charAt(0).toUpperCase() + slug.slice(1).replaceAll("-", " ");

const ICONS = GLYPH_NAMES.map((value) => ({ value, label: wordsOf(value) }));

/** What an own module is called, its help, and how it stands in the palette. */
export function NameFields({ said, onChange }: { said: Said; onChange: (said: Said) => void }) {
  return (
    <>
      <TextInput
        label="Name"
        data-autofocus
        required
        maxLength={100}
        value={said.name}
        onChange={(event) => onChange({ ...said, name: event.currentTarget.value })}
      />
      <Textarea
        label="Help"
        description="The first line says what it does, in one sentence."
        autosize
        minRows={2}
        maxRows={8}
        value={said.help}
        onChange={(event) => onChange({ ...said, help: event.currentTarget.value })}
      />
      <div className={classes.pair}>
        <TextInput
          label="Group of the palette"
          placeholder={GROUP}
          maxLength={60}
          value={said.group}
          onChange={(event) => onChange({ ...said, group: event.currentTarget.value })}
        />
        <Select
          label="Icon"
          placeholder="Usual"
          clearable
          data={ICONS}
          value={said.icon}
          onChange={(icon) => onChange({ ...said, icon })}
        />
      </div>
    </>
  );
}
