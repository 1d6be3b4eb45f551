import { Textarea, TextInput } from "@mantine/core";
import { modals } from "@mantine/modals";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { changeEnvironment, makeEnvironment, type Environment } from "../../api/environments";
import { DialogForm } from "../../ui/DialogForm";
import { ProblemMessage } from "../../ui/ProblemMessage";

interface Props {
  /** The one to change; a new one where it is left out. */
  environment?: Environment | undefined;
  onDone: (made?: Environment) => void;
}

/** Name and packages of an environment. */
function EnvironmentForm({ environment, onDone }: Props) {
  const queries = useQueryClient();
  const [name, setName] = useState(environment?.name ?? "");
  const [lines, setLines] = useState(environment?.requirements.join("\n") ?? "");
  const save = useMutation({
    mutationFn: () => (environment ? changeEnvironment(environment.id, lines) : makeEnvironment(name, lines)),
    onSuccess: async (made) => {
      queries.setQueryData(["environment", made.id], made);
      await queries.invalidateQueries({ queryKey: ["environments"] });
      onDone(made);
    },
  });
  return (
    <DialogForm
      verb={environment ? "Build it anew" : "Make it"}
      busy={save.isPending}
      unfit={name.trim() === "" || lines.trim() === ""}
      onSubmit={() => save.mutate()}
      onCancel={() => onDone()}
    >
      {environment ? null : (
        <TextInput
          label="Name"
          description="Nodes name it so in their properties"
          value={name}
          maxLength={200}
          data-autofocus
          onChange={(event) => setName(event.currentTarget.value)}
        />
      )}
      <Textarea
        label="Packages"
        description="One a line, as in a requirements.txt. What base has need not be named."
        placeholder={"cowsay>=6\nstatsmodels"}
        value={lines}
        autosize
        minRows={5}
        maxRows={16}
        styles={{ input: { fontFamily: "var(--studio-mono)" } }}
        onChange={(event) => setLines(event.currentTarget.value)}
      />
      {save.error ? <ProblemMessage title="It was not saved" error={save.error} /> : null}
    </DialogForm>
  );
}

/** Opens the form; `then` hears what was made. */
export function openEnvironmentForm(environment?: Environment, then?: (made: Environment) => void) {
  const id = modals.open({
    title: environment ? `Packages of “${environment.name}”` : "New environment",
    children: (
      <EnvironmentForm
        environment={environment}
        onDone={(made) => {
          modals.close(id);
          if (made) then?.(made);
        }}
      />
    ),
  });
}
