import { TextInput } from "@mantine/core";
import { useEffect, useRef, useState } from "react";

interface Props {
  label: string;
  name: string;
  onDone: (name: string | null) => void;
}

/** A menu that led here gives the focus back to its own button a moment later; only then is it ours to keep. */
const SETTLE_MS = 60;

/** A name being changed where it stands: Enter keeps, Escape leaves, an empty name changes nothing. */
export function InlineRename({ label, name, onDone }: Props) {
  const [value, setValue] = useState(name);
  const input = useRef<HTMLInputElement>(null);
  const settled = useRef(false);
  useEffect(() => {
    const timer = window.setTimeout(() => {
      settled.current = true;
      if (document.activeElement !== input.current) input.current?.focus();
    }, SETTLE_MS);
    return () => window.clearTimeout(timer);
  }, []);
  const keep = () => {
    const wanted = value.trim();
    onDone(wanted === "" || wanted === name ? null : wanted);
  };
  return (
    <TextInput
      ref={input}
      aria-label={label}
      value={value}
      maxLength={200}
      onChange={(event) => setValue(event.currentTarget.value)}
      autoFocus
      onFocus={(event) => event.currentTarget.select()}
      onBlur={() => settled.current && keep()}
      onKeyDown={(event) => {
        if (event.key === "Enter") keep();
        if (event.key === "Escape") onDone(null);
      }}
    />
  );
}
