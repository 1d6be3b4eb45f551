import { CloseButton, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";

interface Props {
  /** Its accessible name and placeholder, for example "Search experiments". */
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** As wide as what it is in, and low. */
  compact?: boolean;
}

export function SearchBox({ label, value, onChange, compact = false }: Props) {
  return (
    <TextInput
      {...(compact && { size: "xs" })}
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
      leftSection={<IconSearch size={compact ? 14 : 16} stroke={1.75} />}
      rightSection={
        value ? <CloseButton size="sm" aria-label="Clear the search" onClick={() => onChange("")} /> : null
      }
      styles={{ input: { width: compact ? "100%" : 240 } }}
    />
  );
}
