import { IconArrowsDiagonal } from "@tabler/icons-react";
import { useCallback, useMemo, useState } from "react";
import { CodeText } from "../../../ui/CodeText";
import { script } from "../../../ui/code/script";
import { lineBeside } from "../../../ui/plainText";
import { IconButton } from "../../../ui/IconButton";
import { useDebugging } from "../../debugger/useDebugging";
import { TalkButtons } from "../../debugger/TalkButtons";
import { HelperLine } from "./HelperLine";
import { MakeCurrent } from "./MakeCurrent";
import { TidyButton } from "./TidyButton";
import { useScriptHelp } from "./useScriptHelp";
import { ErrorFrames } from "./script/ErrorFrames";
import { LargeScript } from "./script/LargeScript";
import { LineTables } from "./script/LineTables";
import { MarginButton } from "./script/MarginButton";
import { MissingPackage } from "./script/MissingPackage";
import { SampleButton } from "./script/SampleButton";
import { SamplePane } from "./script/SamplePane";
import { ScriptEditor } from "./script/ScriptEditor";
import { useLineNotes } from "./script/useLineNotes";
import { useOpenFile } from "./script/useOpenFile";
import { SignatureLine } from "./script/SignatureLine";
import { VimButton } from "./script/VimButton";
import { useScriptFailure } from "./script/useScriptFailure";
import classes from "./CodeField.module.css";
import type { FieldProps } from "./field";

/** A script, in the panel or at full height. */
export function CodeField({ node, param, value, onChange, error, errorLine, readOnly }: FieldProps) {
  const [large, setLarge] = useState(false);
  const [trying, setTrying] = useState(false);
  const language = param.language ?? "";
  const base = useMemo(() => script(language), [language]);
  const opened = useOpenFile(node);
  const helped = useScriptHelp(node, param, readOnly, ({ file, line }) => opened.open(file, line));
  const failure = useScriptFailure(node, error, errorLine);
  const made = useLineNotes(node, param.name, language);
  const [chosen, setChosen] = useState<number | null>(null);
  const onLine = useCallback((line: number) => setChosen(line), []);
  const line = made.lines.find((one) => one.line === chosen && one.values.some(({ head }) => head));
  const debugged = useDebugging(node, language, readOnly === true);
  const extensions = useMemo(() => [helped.extensions, debugged], [helped.extensions, debugged]);
  const editor = {
    value: typeof value === "string" ? value : "",
    label: param.label,
    onChange,
    readOnly,
    base,
    extensions,
  };
  const shown = { editor, language, failure, made, onLine, opened };
  const tables = line ? <LineTables line={line} onClose={() => setChosen(null)} /> : null;
  const sample = <SamplePane node={node} script={editor.value} opened={opened} />;
  return (
    <div className={classes.field}>
      <div className={classes.head}>
        <span className={classes.label}>{param.label}</span>
        {language === "python" && !readOnly ? <MakeCurrent node={node} param={param.name} /> : null}
        {language === "python" ? <MarginButton /> : null}
        {readOnly ? null : <SampleButton pressed={trying} onToggle={() => setTrying(!trying)} />}
        {language === "r" || readOnly ? null : <TidyButton node={node} {...editor} />}
        {language === "python" || (language === "r" && param.name === "script") ? (
          <TalkButtons node={node} debugs={language === "python"} />
        ) : null}
        <VimButton />
        <IconButton label={`Open ${param.label} at full height`} size={24} onClick={() => setLarge(true)}>
          <IconArrowsDiagonal size={15} />
        </IconButton>
      </div>
      {language === "python" && !readOnly ? <SignatureLine node={node} /> : null}
      {large ? (
        <p className={classes.help}>The script is open in its own window.</p>
      ) : (
        <>
          <ScriptEditor {...shown} />
          {tables}
          {trying && !readOnly ? sample : null}
        </>
      )}
      {language === "python" && !readOnly ? <HelperLine helper={helped.helper} /> : null}
      {error ? (
        <p className={classes.error} role="alert">
          <CodeText>{error}</CodeText>
          {lineBeside(error, errorLine) ? <> (line {errorLine})</> : null}
        </p>
      ) : null}
      {language === "python" && !readOnly ? <MissingPackage node={node} /> : null}
      {failure.frames.length > 0 && !failure.tried ? (
        <ErrorFrames frames={failure.frames} onOpen={opened.openFrame} />
      ) : null}
      {param.help ? <p className={classes.help}>{param.help}</p> : null}
      <LargeScript
        opened={large}
        title={param.label}
        onClose={() => setLarge(false)}
        beside={readOnly ? null : sample}
      >
        <ScriptEditor {...shown} fill />
        {tables}
      </LargeScript>
    </div>
  );
}
