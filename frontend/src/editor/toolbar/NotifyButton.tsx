import { IconBell } from "@tabler/icons-react";
import { useState } from "react";
import { IconButton } from "../../ui/IconButton";
import { askToNotify, canNotify, useNotify } from "../window/notify";

/** Offered while a run is under way, until it was answered once. */
export function NotifyButton() {
  const wanted = useNotify((state) => state.wanted);
  // Asked once: browsers take a moment to say.
  const [possible] = useState(canNotify);
  if (wanted !== null || !possible) return null;
  return (
    <IconButton label="Notify me at the end" onClick={() => void askToNotify()}>
      <IconBell size={16} stroke={1.75} />
    </IconButton>
  );
}
