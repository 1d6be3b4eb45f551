import { Tooltip } from "@mantine/core";
import { useEffect, useState } from "react";
import { ago, moment } from "./words";

/** A time as "5 minutes ago"; the exact one on hover. Moves on by itself. */
export function When({ at }: { at: string }) {
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = window.setInterval(() => tick((n) => n + 1), 30_000);
    return () => window.clearInterval(timer);
  }, []);
  return (
    <Tooltip label={moment(at)}>
      <time dateTime={at}>{ago(at)}</time>
    </Tooltip>
  );
}
