import { Loader } from "@mantine/core";
import { useEffect, useState } from "react";
import classes from "./Loading.module.css";

/** Waiting, said so. Drawn only after a moment, so that quick answers do not flicker. */
export function Loading({ label = "Loading…" }: { label?: string }) {
  const [shown, show] = useState(false);
  useEffect(() => {
    const timer = window.setTimeout(() => show(true), 180);
    return () => window.clearTimeout(timer);
  }, []);
  return (
    <div role="status" className={classes.loading}>
      {shown ? (
        <>
          <Loader size={18} color="gray" />
          {label}
        </>
      ) : null}
    </div>
  );
}
