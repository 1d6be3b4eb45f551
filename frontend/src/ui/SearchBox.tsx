import { CloseButton, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";

interface Props {
  /** Its accessible name and placeholder, for example "Search experiments". */
  label: string;
  value: string;
  onChange: (value: string) => void;
}

export function SearchBox({ label, value, onChange }: Props) {
  return (
    <TextInput
      type="search"
      aria-label={label}
      placeholder={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === "Escape" && value !== "") {
          event.stopPropagation();
          onChange("");
        }
      }}
      leftSection={<IconSearch size={16} stroke={1.75} />}
      rightSection={
        value ? <CloseButton size="sm" aria-label="Clear the search" onClick={() => onChange("")} /> : null
      }
      styles={{ input: { width: 240 } }}
    />
  );
}
