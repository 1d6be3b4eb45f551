import { useEffect, useRef } from "react";
import { useLocation, useNavigate } from "react-router";
import { closeDrawer, useLayout } from "./window/layout";
import { closeOverlay, useOverlay } from "./window/overlays";

/** Milliseconds in which a link that was followed from a drawer has led elsewhere. */
const UNDER_WAY = 200;

/**
 * In a narrow window a drawer has an entry of its own in the browser's history, so that Back closes the drawer
 * rather than leaving the experiment. A drawer that is closed otherwise takes its entry along.
 */
export function useBackClosesDrawer(): void {
  const navigate = useNavigate();
  const location = useLocation();
  const panel = useLayout((layout) => layout.narrow && layout.drawer !== null);
  const history = useOverlay(({ open }) => open?.kind === "history");
  const narrow = useLayout((layout) => layout.narrow);
  const open = panel || (narrow && history);
  const marked = Boolean((location.state as { drawer?: boolean } | null)?.drawer);
  const before = useRef({ open: false, marked: false });

  useEffect(() => {
    const was = before.current;
    before.current = { open, marked };
    if (open && !marked) {
      if (was.open && was.marked) {
        closeDrawer();
        if (history) closeOverlay();
      } else if (!was.open) {
        void navigate(location, { state: { drawer: true } });
      }
    }
    if (open || !marked) return;
    const timer = window.setTimeout(() => void navigate(-1), UNDER_WAY);
    return () => window.clearTimeout(timer);
  }, [open, marked, history, location, navigate]);
}
