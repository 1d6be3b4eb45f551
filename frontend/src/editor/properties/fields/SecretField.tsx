import { Anchor, MultiSelect, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { secretsQuery } from "../../../api/secrets";
import { CodeText } from "../../../ui/CodeText";
import type { FieldProps } from "./field";

const namesIn = (value: unknown): string[] =>
  typeof value === "string" ? value.split(/[\s,]+/).filter(Boolean) : [];

/** One secret of the workspace, or several, by name. */
export function SecretField({ param, value, onChange, error, readOnly }: FieldProps) {
  const { data } = useQuery(secretsQuery());
  const chosen = namesIn(value);
  const names = [...new Set([...(data ?? []).map((each) => each.name), ...chosen])];
  const common = {
    label: param.label,
    description: param.help ?? undefined,
    data: names,
    placeholder: chosen.length ? undefined : "None",
    error: error && <CodeText>{error}</CodeText>,
    readOnly,
    searchable: true,
    clearable: true,
    nothingFoundMessage: data?.length ? "No secret of that name" : "There are no secrets yet",
    size: "xs",
  } as const;
  return (
    <>
      {param.single ? (
        <Select {...common} value={chosen[0] ?? null} onChange={(to) => onChange(to ?? "")} />
      ) : (
        <MultiSelect {...common} value={chosen} onChange={(to) => onChange(to.join(", "))} />
      )}
      <Anchor component={Link} to="/secrets" size="xs" lh="24px" display="block" w="fit-content">
        Secrets
      </Anchor>
    </>
  );
}
