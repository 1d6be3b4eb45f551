import { Button, Select } from "@mantine/core";
import { IconPlayerPlay } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { datasetsQuery } from "../../api/datasets";
import { jobsQuery, sendJob } from "../../api/serviceJobs";
import type { Service } from "../../api/services";
import { ProblemMessage } from "../../ui/ProblemMessage";
import { callBody } from "./callBody";
import { ParameterFields } from "./ParameterFields";
import classes from "./ServiceScreen.module.css";

/** Sends datasets through the service, all their rows. */
export function JobForm({ service }: { service: Service }) {
  const queries = useQueryClient();
  const { inputs, parameters } = service;
  const { data: datasets } = useQuery(datasetsQuery());
  const [chosen, setChosen] = useState<Record<string, string | null>>({});
  const [said, setSaid] = useState<Record<string, string>>({});
  const [tried, setTried] = useState(false);
  const send = useMutation({
    mutationFn: () =>
      sendJob(service.id, {
        Inputs: Object.fromEntries(inputs.map(({ name }) => [name, { dataset: chosen[name] ?? "" }])),
        GlobalParameters: callBody([], {}, parameters, said).GlobalParameters,
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey: jobsQuery(service.id).queryKey }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (inputs.every(({ name }) => chosen[name])) send.mutate();
  };
  const tables = datasets?.filter(({ kind, state }) => kind === "table" && state === "ready") ?? [];
  return (
    <form className={classes.form} onSubmit={submit} aria-label="New job">
      <p className={classes.note}>
        A job sends all rows of a dataset. Its columns are found by name; others are left aside.{" "}
        {howItGoes(service.as_one)}
      </p>
      {inputs.map(({ name }) => (
        <Select
          key={name}
          label={inputs.length > 1 ? `Dataset for ${name}` : "Dataset"}
          placeholder="Choose a table"
          searchable
          nothingFoundMessage="No table is called so"
          data={tables.map((dataset) => dataset.name)}
          value={chosen[name] ?? null}
          error={tried && !chosen[name] ? "Choose the table whose rows to send" : undefined}
          onChange={(dataset) => setChosen({ ...chosen, [name]: dataset })}
        />
      ))}
      {parameters.length > 0 ? (
        <ParameterFields
          parameters={parameters}
          said={said}
          onChange={(name, text) => setSaid({ ...said, [name]: text })}
        />
      ) : null}
      {send.error ? <ProblemMessage error={send.error} title="The job was refused" /> : null}
      <div>
        <Button type="submit" leftSection={<IconPlayerPlay size={16} />} loading={send.isPending}>
          Send the job
        </Button>
      </div>
    </form>
  );
}

function howItGoes(asOne: readonly string[]): string {
  if (asOne.length === 0) return "A large table goes through in pieces, so that it needs little memory.";
  const names = [...new Set(asOne)].map((name) => `“${name}”`).join(", ");
  return `All rows at once go through ${names}: it does not say that it works row by row.`;
}
