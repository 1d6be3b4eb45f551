import { Button } from "@mantine/core";
import { modals } from "@mantine/modals";
import { useMutation } from "@tanstack/react-query";
import { tryVersion, type Tried } from "../../api/serviceCalls";
import type { Service } from "../../api/services";
import { showProblem } from "../../ui/showProblem";
import { When } from "../../ui/When";
import { plural } from "../../ui/words";
import classes from "./CallsTab.module.css";

interface Props {
  service: Service;
  version: number;
}

/** Sends the recorded calls to a version, and shows whose answers change. Callers notice nothing of it. */
export function TryVersion({ service, version }: Props) {
  const attempt = useMutation({
    mutationFn: () => tryVersion(service.id, version),
    onSuccess: (tried) =>
      modals.open({
        title: `Version ${version} on recorded calls`,
        size: "lg",
        children: <WhatChanges tried={tried} />,
      }),
    onError: (error) => showProblem("The version was not tried", error),
  });
  return (
    <Button
      size="compact-xs"
      variant="default"
      aria-label={`Try version ${version}`}
      loading={attempt.isPending}
      onClick={() => attempt.mutate()}
    >
      Try
    </Button>
  );
}

function WhatChanges({ tried: { recorded, tried, same, changed } }: { tried: Tried }) {
  if (recorded === 0) {
    return (
      <p>
        No call is recorded. Under Calls, choose how many are recorded; then call the service, and try the
        version again.
      </p>
    );
  }
  return (
    <>
      <p>
        {plural(tried, "call")} tried{tried < recorded ? ` of ${recorded}, as far as a minute went` : ""}:{" "}
        {same === tried ? "every answer is the same." : `${plural(changed.length, "answer")} would change.`}
      </p>
      <ul className={classes.failed}>
        {changed.map((call) => (
          <li key={call.request}>
            <span className={classes.when}>
              <When at={call.at} />, request <code>{call.request}</code>
              {call.before === call.after ? "" : `, status ${call.before} → ${call.after}`}
            </span>
            {call.changes.map((change) => (
              <p key={change}>{change}</p>
            ))}
          </li>
        ))}
      </ul>
    </>
  );
}
