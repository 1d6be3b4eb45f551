import { modals } from "@mantine/modals";
import type { ReactNode } from "react";

interface Question {
  title: string;
  children: ReactNode;
  /** The verb on the button, for example "Delete". */
  verb: string;
  onConfirm: () => void;
}

/** Asks before something is lost. The safe answer has the focus. */
export function confirmLoss({ title, children, verb, onConfirm }: Question) {
  modals.openConfirmModal({
    title,
    children,
    labels: { confirm: verb, cancel: "Cancel" },
    confirmProps: { color: "red" },
    cancelProps: { "data-autofocus": true },
    onConfirm,
  });
}
