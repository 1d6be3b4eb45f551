import { NumberInput, Select, Switch, Textarea, TextInput } from "@mantine/core";
import { CodeText } from "../../../ui/CodeText";
import { boundsProblem } from "../formRules";
import { CodeField } from "./CodeField";
import { ColumnsField } from "./columns/ColumnsField";
import { DatasetField } from "./DatasetField";
import { EnvironmentField } from "./EnvironmentField";
import type { FieldProps } from "./field";
import { RecordsField } from "./records/RecordsField";
import { SecretField } from "./SecretField";

/** A number where the text is just that; else the text, which may be a list such as `0.1; 0.2`. */
const numberOrList = (text: string): string | number | null =>
  text === "" ? null : String(Number(text)) === text ? Number(text) : text;

/** One param, drawn by its type. */
export function ParamField(props: FieldProps) {
  const { param, value, onChange, readOnly } = props;
  const said = props.error ?? boundsProblem(param, value);
  const error = said ? <CodeText>{said}</CodeText> : null;
  const common = {
    label: param.label,
    description: param.help ?? undefined,
    error,
    size: "xs",
    readOnly,
  } as const;
  switch (param.type) {
    case "number":
    case "integer":
      if (param.sweep) {
        return (
          <TextInput
            {...common}
            value={typeof value === "number" || typeof value === "string" ? String(value) : ""}
            placeholder={param.sweep.join("; ")}
            onChange={(event) => onChange(numberOrList(event.currentTarget.value))}
          />
        );
      }
      return (
        <NumberInput
          {...common}
          value={typeof value === "number" || typeof value === "string" ? value : ""}
          allowDecimal={param.type === "number"}
          onChange={(to) => onChange(to === "" ? null : to)}
          {...(typeof param.min === "number" && { min: param.min })}
          {...(typeof param.max === "number" && { max: param.max })}
          clampBehavior="none"
          step={param.type === "integer" ? 1 : 0.1}
        />
      );
    case "toggle":
      return (
        <Switch
          label={param.label}
          description={param.help ?? undefined}
          error={error}
          size="xs"
          checked={value === true}
          onChange={(event) => !readOnly && onChange(event.currentTarget.checked)}
        />
      );
    case "choice":
      return (
        <Select
          {...common}
          data={param.choices ?? []}
          value={typeof value === "string" ? value : null}
          onChange={(to) => to !== null && onChange(to)}
          allowDeselect={false}
        />
      );
    case "columns":
      return <ColumnsField {...props} />;
    case "records":
      return <RecordsField {...props} />;
    case "code":
      return <CodeField {...props} />;
    case "secret":
      return <SecretField {...props} />;
    case "environment":
      return <EnvironmentField {...props} />;
    case "dataset":
      return <DatasetField {...props} />;
    default: {
      const text = {
        ...common,
        value: typeof value === "string" ? value : value === null || value === undefined ? "" : String(value),
        placeholder: param.placeholder ?? undefined,
      };
      return param.multiline ? (
        <Textarea
          {...text}
          autosize
          minRows={4}
          maxRows={18}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      ) : (
        <TextInput {...text} onChange={(event) => onChange(event.currentTarget.value)} />
      );
    }
  }
}
