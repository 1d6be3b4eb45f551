import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { bundleFileQuery } from "../../../../api/artifacts";
import { CodeEditor } from "../../../../ui/code/CodeEditor";
import { errorNote, type ErrorNote } from "../../../../ui/code/errorNote";
import { script } from "../../../../ui/code/script";
import { EmptyState } from "../../../../ui/EmptyState";
import { Loading } from "../../../../ui/Loading";
import { ProblemMessage } from "../../../../ui/ProblemMessage";

interface Props {
  artifact: string;
  name: string;
  note: ErrorNote | null;
  goTo: { line: number } | null;
  fill?: boolean;
}

const LANGUAGES: Readonly<Record<string, string>> = { py: "python", r: "r", sql: "sql" };

/** A file of the script bundle, to read: it is changed in the zip, which is then uploaded as a new version. */
export function BundleScript({ artifact, name, note, goTo, fill = false }: Props) {
  const file = useQuery(bundleFileQuery(artifact, name));
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
  if (file.data.text === null) return <EmptyState title="This is not a text file">{name}</EmptyState>;
  return (
    <CodeEditor
      key={name}
      value={file.data.text}
      label={`${name} of the script bundle`}
      onChange={() => undefined}
      readOnly
      base={base}
      extensions={marked}
      goTo={goTo}
      fill={fill}
    />
  );
}
