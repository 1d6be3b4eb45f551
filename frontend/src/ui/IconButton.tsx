import { ActionIcon, type ActionIconProps } from "@mantine/core";
import type { ComponentPropsWithoutRef, ReactNode, Ref } from "react";
import { Tip } from "./Tip";

interface Props extends ActionIconProps, Omit<ComponentPropsWithoutRef<"button">, keyof ActionIconProps> {
  /** Says what it does: the accessible name, and the tooltip. */
  label: string;
  /** Shown after the label in the tooltip, for example "Ctrl+Z". */
  shortcut?: string | undefined;
  children: ReactNode;
  ref?: Ref<HTMLButtonElement>;
}

/** A button of one icon. Its tooltip and its name are the same words; a menu that it opened needs none. */
export function IconButton({ label, shortcut, children, ref, ...rest }: Props) {
  return (
    <Tip label={shortcut ? `${label}  ${shortcut}` : label} disabled={rest["aria-expanded"] === true}>
      <ActionIcon variant="subtle" color="gray" size={28} aria-label={label} ref={ref ?? null} {...rest}>
        {children}
      </ActionIcon>
    </Tip>
  );
}
