import { Select, TextInput } from "@mantine/core";
import type { ServiceParameter } from "../../api/services";
import classes from "./ServiceScreen.module.css";

interface Props {
  parameters: readonly ServiceParameter[];
  said: Record<string, string>;
  onChange: (name: string, text: string) => void;
}

const shown = (value: unknown): string =>
  value === null || value === undefined
    ? "no value"
    : typeof value === "string"
      ? value
      : JSON.stringify(value);

/** The settings that a call may give. An empty one takes its default, which stands in the field. */
export function ParameterFields({ parameters, said, onChange }: Props) {
  return (
    <fieldset className={classes.group}>
      <legend className={classes.heading}>Parameters</legend>
      {parameters.map((parameter) => {
        const { name, type, choices, help, required } = parameter;
        const value = said[name] ?? "";
        const placeholder = required ? "needed" : shown(parameter.default);
        const label = (
          <>
            {name} <span className={classes.type}>{type}</span>
          </>
        );
        const options = type === "boolean" ? ["true", "false"] : choices;
        return options ? (
          <Select
            key={name}
            label={label}
            description={help || undefined}
            placeholder={placeholder}
            data={options}
            clearable
            value={value || null}
            onChange={(chosen) => onChange(name, chosen ?? "")}
          />
        ) : (
          <TextInput
            key={name}
            label={label}
            description={help || undefined}
            placeholder={placeholder}
            value={value}
            onChange={(event) => onChange(name, event.currentTarget.value)}
          />
        );
      })}
    </fieldset>
  );
}
