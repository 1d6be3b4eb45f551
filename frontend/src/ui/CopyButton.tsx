import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useState } from "react";
import { copyText } from "./copyText";
import { IconButton } from "./IconButton";
import { showProblem } from "./showProblem";

const SHOWN_MS = 2000;

/** Puts a text on the clipboard, and says that it did. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const [copied, setCopied] = useState(false);
  const copy = () =>
    copyText(text).then(
      () => {
        setCopied(true);
        window.setTimeout(() => setCopied(false), SHOWN_MS);
      },
      (error: unknown) => showProblem("Could not copy", error),
    );
  return (
    <IconButton label={copied ? "Copied" : label} size={24} onClick={() => void copy()}>
      {copied ? <IconCheck size={15} /> : <IconCopy size={15} />}
    </IconButton>
  );
}
