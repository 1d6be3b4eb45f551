import { SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { snippetsQuery, type Service } from "../../api/services";
import { CopyButton } from "../../ui/CopyButton";
import { Loading } from "../../ui/Loading";
import { ProblemMessage } from "../../ui/ProblemMessage";
import classes from "./ServiceScreen.module.css";

/** A program that calls this service, in several languages, and the documents that describe it to tools. */
export function CodeTab({ service }: { service: Service }) {
  const snippets = useQuery(snippetsQuery(service.id, service.version));
  const [language, setLanguage] = useState("curl");
  if (snippets.isError) {
    return (
      <ProblemMessage
        title="Could not load the code"
        error={snippets.error}
        onRetry={() => void snippets.refetch()}
      />
    );
  }
  if (!snippets.data) return <Loading label="Writing the code…" />;
  const { items } = snippets.data;
  const shown = items.find((one) => one.language === language) ?? items[0];
  return (
    <>
      <p className={classes.links}>
        <a href={`/api/v1/services/${service.id}/openapi.json`} target="_blank" rel="noreferrer">
          OpenAPI document
        </a>
        <a href={`/api/v1/services/${service.id}/swagger.json`} target="_blank" rel="noreferrer">
          Swagger document, as the old service had it
        </a>
      </p>
      <p className={classes.note}>
        It runs as it is printed, with a key of this service in the environment variable{" "}
        <code>STUDIO_SERVICE_KEY</code>.
      </p>
      <div className={classes.answerHead}>
        <SegmentedControl
          aria-label="Language"
          data={items.map((one) => ({ value: one.language, label: one.title }))}
          value={shown?.language ?? ""}
          onChange={setLanguage}
        />
        {shown ? <CopyButton text={shown.text} label="Copy the code" /> : null}
      </div>
      {shown ? (
        <pre className={classes.code} tabIndex={0} aria-label={`Code in ${shown.title}`}>
          {shown.text}
        </pre>
      ) : null}
    </>
  );
}
