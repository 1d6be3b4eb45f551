import { useEffect, useRef } from "react";
import { useLocation } from "react-router";

/**
 * Folds the list away once another screen is opened, where it would cover what the person went to. Another upload opens
 * it again.
 */
export function useFoldOnLeaving(many: number, setOpen: (open: boolean) => void): void {
  const { pathname } = useLocation();
  const before = useRef({ pathname, many });
  useEffect(() => {
    const was = before.current;
    before.current = { pathname, many };
    if (many > was.many) setOpen(true);
    else if (pathname !== was.pathname) setOpen(false);
  }, [pathname, many, setOpen]);
}
