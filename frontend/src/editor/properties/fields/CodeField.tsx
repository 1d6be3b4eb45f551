import { Modal } from "@mantine/core";
import { IconArrowsDiagonal } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import { CodeText } from "../../../ui/CodeText";
import { CodeEditor } from "../../../ui/code/CodeEditor";
import { markedLine } from "../../../ui/code/markedLine";
import { script } from "../../../ui/code/script";
import { lineBeside } from "../../../ui/plainText";
import { IconButton } from "../../../ui/IconButton";
import { HelperLine } from "./HelperLine";
import { MakeCurrent } from "./MakeCurrent";
import { TidyButton } from "./TidyButton";
import { useScriptHelp } from "./useScriptHelp";
import { useLineTarget } from "../../window/goToLine";
import classes from "./CodeField.module.css";
import type { FieldProps } from "./field";

/** A script, in the panel or at full height. */
export function CodeField({ node, param, value, onChange, error, errorLine, readOnly }: FieldProps) {
  const [large, setLarge] = useState(false);
  const target = useLineTarget((state) => (state.target?.node === node ? state.target : null));
  const language = param.language ?? "";
  const base = useMemo(() => script(language), [language]);
  const helped = useScriptHelp(node, param, readOnly);
  const extensions = useMemo(
    () => [markedLine(errorLine ?? null), helped.extensions],
    [errorLine, helped.extensions],
  );
  const editor = {
    value: typeof value === "string" ? value : "",
    label: param.label,
    onChange,
    readOnly,
    base,
    extensions,
    goTo: target,
  };
  return (
    <div className={classes.field}>
      <div className={classes.head}>
        <span className={classes.label}>{param.label}</span>
        {language === "python" && !readOnly ? <MakeCurrent node={node} param={param.name} /> : null}
        {language === "r" || readOnly ? null : <TidyButton node={node} {...editor} />}
        <IconButton label={`Open ${param.label} at full height`} size={24} onClick={() => setLarge(true)}>
          <IconArrowsDiagonal size={15} />
        </IconButton>
      </div>
      {large ? (
        <p className={classes.help}>The script is open in its own window.</p>
      ) : (
        <CodeEditor key={language} {...editor} />
      )}
      {language === "python" && !readOnly ? <HelperLine helper={helped.helper} /> : null}
      {error ? (
        <p className={classes.error} role="alert">
          <CodeText>{error}</CodeText>
          {lineBeside(error, errorLine) ? <> (line {errorLine})</> : null}
        </p>
      ) : null}
      {param.help ? <p className={classes.help}>{param.help}</p> : null}
      <Modal
        opened={large}
        onClose={() => setLarge(false)}
        title={param.label}
        size="min(1100px, 92vw)"
        closeOnEscape={false}
        classNames={{ body: classes.body ?? "", content: classes.content ?? "" }}
      >
        <CodeEditor key={language} {...editor} fill autoFocus />
      </Modal>
    </div>
  );
}
