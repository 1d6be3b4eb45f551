import { Anchor, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { environmentsQuery } from "../../../api/environments";
import { CodeText } from "../../../ui/CodeText";
import type { FieldProps } from "./field";

const BASE = "base";
const WORDS: Record<string, string> = { building: " (being built)", failed: " (failed)" };

/** The environment of a script, by name; base where it has none. */
export function EnvironmentField({ param, value, onChange, error, readOnly }: FieldProps) {
  const { data = [] } = useQuery(environmentsQuery());
  const name = typeof value === "string" && value !== "" ? value : BASE;
  const known = data.map((each) => ({ value: each.name, label: `${each.name}${WORDS[each.state] ?? ""}` }));
  const choices = known.some((each) => each.value === name)
    ? known
    : [...known, { value: name, label: name }];
  const chosen = data.find((each) => each.name === name);
  return (
    <>
      <Select
        label={param.label}
        description={param.help ?? undefined}
        data={choices}
        value={name}
        onChange={(to) => onChange(to === null || to === BASE ? "" : to)}
        error={error && <CodeText>{error}</CodeText>}
        readOnly={readOnly}
        allowDeselect={false}
        searchable={choices.length > 8}
        size="xs"
      />
      <Anchor
        component={Link}
        to={chosen ? `/environments/${chosen.id}` : "/environments"}
        size="xs"
        lh="24px"
        display="block"
        w="fit-content"
      >
        {chosen ? `Packages of ${name}` : "Environments"}
      </Anchor>
    </>
  );
}
