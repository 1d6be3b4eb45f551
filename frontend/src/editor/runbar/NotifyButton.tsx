import { Button } from "@mantine/core";
import { IconBell } from "@tabler/icons-react";
import { useState } from "react";
import { askToNotify, canNotify, useNotify } from "./notify";

/** Offered while a run is under way, until it was answered once. */
export function NotifyButton() {
  const wanted = useNotify((state) => state.wanted);
  // Asked once: browsers take a moment to say.
  const [possible] = useState(canNotify);
  if (wanted !== null || !possible) return null;
  return (
    <Button
      size="compact-xs"
      variant="subtle"
      color="gray"
      leftSection={<IconBell size={14} />}
      onClick={() => void askToNotify()}
    >
      Notify me at the end
    </Button>
  );
}
