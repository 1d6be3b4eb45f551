import { TextInput } from "@mantine/core";
import { useState } from "react";

interface Props {
  label: string;
  name: string;
  onDone: (name: string | null) => void;
}

/** A name being changed where it stands: Enter keeps, Escape leaves, an empty name changes nothing. */
export function InlineRename({ label, name, onDone }: Props) {
  const [value, setValue] = useState(name);
  const keep = () => {
    const wanted = value.trim();
    onDone(wanted === "" || wanted === name ? null : wanted);
  };
  return (
    <TextInput
      aria-label={label}
      value={value}
      maxLength={200}
      onChange={(event) => setValue(event.currentTarget.value)}
      autoFocus
      onFocus={(event) => event.currentTarget.select()}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.key === "Enter") keep();
        if (event.key === "Escape") onDone(null);
      }}
    />
  );
}
