import type { Extension } from "@codemirror/state";
import { useMemo } from "react";
import { CodeEditor } from "../../../../ui/code/CodeEditor";
import { lineNotes } from "../../../../ui/code/lineNotes";
import { errorNote } from "../../../../ui/code/errorNote";
import { BundleScript } from "./BundleScript";
import { ScriptTabs } from "./ScriptTabs";
import type { OpenFile } from "./useOpenFile";
import type { LineNotes } from "./useLineNotes";
import type { ScriptFailure } from "./useScriptFailure";

interface Props {
  editor: {
    value: string;
    label: string;
    onChange: (value: string) => void;
    readOnly: boolean;
    base: Extension;
    extensions: Extension;
  };
  language: string;
  failure: ScriptFailure;
  made: LineNotes;
  /** Shows the tables that a line made. */
  onLine: (line: number) => void;
  opened: OpenFile;
  fill?: boolean;
}

/** The script, or a file of its bundle, with what failed at its line. */
export function ScriptEditor({ editor, language, failure, made, onLine, opened, fill = false }: Props) {
  const { bundle, file, target } = opened;
  const { note, inBundle } = failure;
  const marked = useMemo(() => errorNote(note), [note]);
  const noted = useMemo(() => lineNotes(made.notes, made.basis, onLine), [made, onLine]);
  const extensions = useMemo(() => [marked, noted, editor.extensions], [marked, noted, editor.extensions]);
  const failed = useMemo(() => new Set(inBundle.keys()), [inBundle]);
  return (
    <>
      {bundle && bundle.files.length > 0 ? (
        <ScriptTabs file={file} files={bundle.files} failed={failed} onChange={(name) => opened.open(name)} />
      ) : null}
      {bundle && file !== null ? (
        <BundleScript
          bundle={bundle}
          name={file}
          note={inBundle.get(file) ?? null}
          goTo={target}
          readOnly={editor.readOnly}
          fill={fill}
        />
      ) : (
        <CodeEditor
          key={language}
          {...editor}
          extensions={extensions}
          goTo={target}
          fill={fill}
          autoFocus={fill}
        />
      )}
    </>
  );
}
