import { Tooltip, type TooltipProps } from "@mantine/core";
import {
  cloneElement,
  useEffect,
  useId,
  useRef,
  useState,
  type PointerEvent,
  type ReactElement,
} from "react";

const DELAY_MS = 350;

interface Host {
  onPointerEnter?: (event: PointerEvent<HTMLElement>) => void;
  onPointerLeave?: (event: PointerEvent<HTMLElement>) => void;
  onPointerDown?: (event: PointerEvent<HTMLElement>) => void;
  "aria-describedby"?: string | undefined;
}

interface Props extends Omit<TooltipProps, "children" | "opened" | "target" | "closeDelay"> {
  children: ReactElement<Host>;
}

/**
 * The tooltip of what stands inside. It is made when the pointer has rested there: a page has many buttons, and
 * drawing a closed tooltip for each was a third of what a typed key cost.
 */
export function Tip({ label, children, disabled = false, openDelay = DELAY_MS, ...rest }: Props) {
  const [at, setAt] = useState<HTMLElement | null>(null);
  const resting = useRef<ReturnType<typeof setTimeout>>(undefined);
  const id = useId();
  const close = () => {
    clearTimeout(resting.current);
    setAt(null);
  };
  useEffect(() => () => clearTimeout(resting.current), []);
  useEffect(() => {
    if (!at) return;
    const onKey = (event: KeyboardEvent) => (event.key === "Escape" ? setAt(null) : undefined);
    document.addEventListener("keydown", onKey, true);
    return () => document.removeEventListener("keydown", onKey, true);
  }, [at]);
  const host = children.props;
  const open = at !== null && !disabled;
  return (
    <>
      {cloneElement(children, {
        onPointerEnter: (event) => {
          host.onPointerEnter?.(event);
          if (event.pointerType === "touch") return;
          const element = event.currentTarget;
          clearTimeout(resting.current);
          resting.current = setTimeout(() => setAt(element), openDelay);
        },
        onPointerLeave: (event) => {
          host.onPointerLeave?.(event);
          close();
        },
        onPointerDown: (event) => {
          host.onPointerDown?.(event);
          close();
        },
        ...(open ? { "aria-describedby": id } : {}),
      })}
      {open ? <Tooltip {...rest} label={<span id={id}>{label}</span>} target={at} opened /> : null}
    </>
  );
}
