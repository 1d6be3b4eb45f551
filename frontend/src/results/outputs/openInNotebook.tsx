import { Anchor, Button, CopyButton, Group, Tabs } from "@mantine/core";
import { modals } from "@mantine/modals";
import { useQuery } from "@tanstack/react-query";
import { artifactQuery } from "../../api/artifacts";
import { passQuery } from "../../api/passes";
import { Loading } from "../../ui/Loading";
import { ProblemMessage } from "../../ui/ProblemMessage";
import { moment } from "../../ui/words";
import { openPasses } from "./passes";
import { pythonCode, rCode } from "./notebook";
import classes from "./outputs.module.css";

/** Shows code that loads the artifact in a notebook. */
export function openInNotebook(artifact: string, what: string): void {
  modals.open({ title: "Open in a notebook", size: 720, children: <Code artifact={artifact} what={what} /> });
}

function Code({ artifact, what }: { artifact: string; what: string }) {
  const pass = useQuery(passQuery(artifact, what));
  const table = useQuery(artifactQuery(artifact));
  if (pass.error) {
    return (
      <ProblemMessage title="No token was made" error={pass.error} onRetry={() => void pass.refetch()} />
    );
  }
  if (!pass.data || !table.data) return <Loading label="Making a token…" />;
  const loading = {
    origin: window.location.origin,
    artifact,
    token: pass.data.token,
    what,
    columns: table.data.columns ?? [],
  };
  return (
    <>
      <Tabs defaultValue="python">
        <Tabs.List>
          <Tabs.Tab value="python">Python</Tabs.Tab>
          <Tabs.Tab value="r">R</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="python">
          <Snippet code={pythonCode(loading)} label="Python code" />
        </Tabs.Panel>
        <Tabs.Panel value="r">
          <Snippet code={rCode(loading)} label="R code" />
        </Tabs.Panel>
      </Tabs>
      <p className={classes.hint}>
        The token opens only this table, until {moment(pass.data.expires)}. Anyone who has it can read the
        table.{" "}
        <Anchor component="button" type="button" inherit onClick={openPasses}>
          Revoke tokens…
        </Anchor>
      </p>
    </>
  );
}

function Snippet({ code, label }: { code: string; label: string }) {
  return (
    <>
      <pre className={classes.code} tabIndex={0} role="region" aria-label={label}>
        {code}
      </pre>
      <Group justify="flex-end" mt={8}>
        <CopyButton value={code}>
          {({ copied, copy }) => <Button onClick={copy}>{copied ? "Copied" : "Copy the code"}</Button>}
        </CopyButton>
      </Group>
    </>
  );
}
