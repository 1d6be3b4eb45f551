import { useQuery } from "@tanstack/react-query";
import { bundleFileQuery } from "../../api/artifacts";
import { EmptyState } from "../../ui/EmptyState";
import { Loading } from "../../ui/Loading";
import { ProblemMessage } from "../../ui/ProblemMessage";
import { LongText } from "../table/LongText";
import { bytes } from "../../ui/words";
import classes from "./BundleFiles.module.css";

/** A file of a bundle as text. */
export function BundleFile({ artifact, name }: { artifact: string; name: string }) {
  const file = useQuery(bundleFileQuery(artifact, name));
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
  const { text, bytes: size, cut } = file.data;
  if (text === null) {
    return (
      <EmptyState title="This is not a text file">{`${name} holds ${bytes(size)} of binary data.`}</EmptyState>
    );
  }
  return (
    <>
      {cut ? <p className={classes.rest}>The first megabyte of {bytes(size)}:</p> : null}
      <pre className={classes.text} tabIndex={0} role="region" aria-label={`Text of ${name}`}>
        {text ? <LongText text={text} /> : "An empty file."}
      </pre>
    </>
  );
}
