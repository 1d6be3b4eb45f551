/** Which file of the script bundle is open in place of the script, and the line to go to. */

import { useState } from "react";
import type { ErrorFrame } from "../../../../api/types";
import { goToLine, useLineTarget } from "../../../window/goToLine";
import { useBundle, type ScriptBundle } from "./useBundle";

export interface OpenFile {
  bundle: ScriptBundle | null;
  /** Null: the script itself. */
  file: string | null;
  /** In the open file. */
  target: { line: number } | null;
  open: (file: string | null, line?: number) => void;
  openFrame: (frame: ErrorFrame) => void;
}

interface Opened {
  file: string | null;
  target: { line: number } | null;
  /** The line of the script that was asked for last before. */
  after: object | null;
}

export function useOpenFile(node: string): OpenFile {
  const bundle = useBundle(node);
  const target = useLineTarget((state) => (state.target?.node === node ? state.target : null));
  const [opened, setOpened] = useState<Opened>({ file: null, target: null, after: null });
  // A line of the script that is asked for from elsewhere brings the script back.
  const asked = target !== opened.after;
  const file = asked || !bundle?.files.includes(opened.file ?? "") ? null : opened.file;
  const open = (name: string | null, line?: number) => {
    if (name === null && line !== undefined) goToLine(node, line);
    else setOpened({ file: name, target: line === undefined ? null : { line }, after: target });
  };
  return {
    bundle,
    file,
    target: file === null ? target : opened.target,
    open,
    openFrame: (frame) => open(frame.bundle ? frame.file : null, frame.line),
  };
}
