import { IconWand } from "@tabler/icons-react";
import { useState } from "react";
import { tidyScript } from "../../../api/scriptHelp";
import { IconButton } from "../../../ui/IconButton";
import { showProblem } from "../../../ui/showProblem";
import { useEditor } from "../../store/store";

interface Props {
  node: string;
  value: string;
  label: string;
  onChange: (value: string) => void;
}

/** Formats the script; undo brings back how it was. */
export function TidyButton({ node, value, label, onChange }: Props) {
  const experiment = useEditor((state) => state.id);
  const [busy, setBusy] = useState(false);
  const tidy = async () => {
    if (!experiment) return;
    setBusy(true);
    try {
      const { script } = await tidyScript(experiment, node, value);
      if (script !== value) onChange(script);
    } catch (problem) {
      showProblem("The script was not formatted", problem);
    }
    setBusy(false);
  };
  return (
    <IconButton label={`Format ${label}`} size={24} disabled={busy} onClick={() => void tidy()}>
      <IconWand size={15} />
    </IconButton>
  );
}
