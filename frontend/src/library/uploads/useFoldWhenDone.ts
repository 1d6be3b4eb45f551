import { useEffect } from "react";
import type { UploadItem } from "./types";

/** Milliseconds in which a person can read that a file has come. */
const READ_MS = 10_000;

/** Folds the list away a while after its last file has come, unless somebody is in it; opens it for the next. */
export function useFoldWhenDone(
  items: readonly UploadItem[],
  tray: { current: HTMLElement | null },
  setOpen: (open: boolean) => void,
) {
  const done = items.length > 0 && items.every(({ state }) => state === "ready");
  useEffect(() => {
    if (!done) {
      setOpen(true);
      return undefined;
    }
    const timer = setInterval(() => {
      if (tray.current?.matches(":hover, :focus-within")) return;
      clearInterval(timer);
      setOpen(false);
    }, READ_MS);
    return () => clearInterval(timer);
  }, [done, tray, setOpen]);
}
