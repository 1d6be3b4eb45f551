import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { bundleFileQuery } from "../../../../api/artifacts";
import { CodeEditor } from "../../../../ui/code/CodeEditor";
import { errorNote, type ErrorNote } from "../../../../ui/code/errorNote";
import { script } from "../../../../ui/code/script";
import { EmptyState } from "../../../../ui/EmptyState";
import { Loading } from "../../../../ui/Loading";
import { ProblemMessage } from "../../../../ui/ProblemMessage";
import { KeepBar } from "./KeepBar";
import { typeInto, useTyped } from "./keepFiles";
import type { ScriptBundle } from "./useBundle";

interface Props {
  bundle: ScriptBundle;
  name: string;
  note: ErrorNote | null;
  goTo: { line: number } | null;
  readOnly: boolean;
  fill?: boolean;
}

const LANGUAGES: Readonly<Record<string, string>> = { py: "python", r: "r", sql: "sql" };

/** A file of the script bundle. What is changed in it is kept as a new version of the zip's dataset. */
export function BundleScript({ bundle, name, note, goTo, readOnly, fill = false }: Props) {
  const { artifact, dataset } = bundle;
  const file = useQuery(bundleFileQuery(artifact, name));
  const typed = useTyped(({ zips }) => zips[artifact]?.[name]);
  const ending = name.split(".").at(-1)?.toLowerCase() ?? "";
  const base = useMemo(() => script(LANGUAGES[ending] ?? ""), [ending]);
  const marked = useMemo(() => errorNote(note), [note]);
  if (file.error) {
    return (
      <ProblemMessage
        title={`Could not read ${name}`}
        error={file.error}
        onRetry={() => void file.refetch()}
      />
    );
  }
  if (!file.data) return <Loading label="Reading the file…" />;
  const { text, cut } = file.data;
  if (text === null) return <EmptyState title="This is not a text file">{name}</EmptyState>;
  return (
    <>
      <CodeEditor
        key={`${artifact} ${name}`}
        value={typed ?? text}
        label={`${name} of the script bundle`}
        onChange={(now) => typeInto(artifact, name, now === text ? null : now)}
        readOnly={readOnly || cut || !dataset?.latest}
        base={base}
        extensions={marked}
        goTo={goTo}
        fill={fill}
      />
      {readOnly ? null : <KeepBar bundle={bundle} cut={cut} />}
    </>
  );
}
