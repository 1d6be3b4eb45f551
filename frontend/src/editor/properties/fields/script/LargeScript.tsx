import { Modal } from "@mantine/core";
import type { ReactNode } from "react";
import fields from "../CodeField.module.css";
import classes from "./Script.module.css";

interface Props {
  opened: boolean;
  title: string;
  onClose: () => void;
  /** The editor, and what belongs right below it. */
  children: ReactNode;
  /** What stands beside it. */
  beside: ReactNode;
}

/** A script in a window of its own. */
export function LargeScript({ opened, title, onClose, children, beside }: Props) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      size="min(1400px, 94vw)"
      closeOnEscape={false}
      classNames={{ body: fields.body ?? "", content: fields.content ?? "" }}
    >
      {beside ? (
        <div className={classes.beside}>
          <div className={classes.written}>{children}</div>
          {beside}
        </div>
      ) : (
        children
      )}
    </Modal>
  );
}
