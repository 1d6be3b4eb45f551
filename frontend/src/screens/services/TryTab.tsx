import { Button } from "@mantine/core";
import { IconPlayerPlay } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useState, type FormEvent, type KeyboardEvent } from "react";
import { callService, type Service } from "../../api/services";
import { AnswerView } from "./AnswerView";
import { callBody, firstDrafts } from "./callBody";
import { InputFields } from "./InputFields";
import { ParameterFields } from "./ParameterFields";
import classes from "./ServiceScreen.module.css";

/** Calls the service with what is typed here, as its clients do: the fields at the left, the answer at the right. */
export function TryTab({ service }: { service: Service }) {
  const { inputs, parameters } = service;
  const [drafts, setDrafts] = useState(() => firstDrafts(inputs));
  const [said, setSaid] = useState<Record<string, string>>({});
  const call = useMutation({
    mutationFn: () => callService(service.id, callBody(inputs, drafts, parameters, said)),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    call.mutate();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) call.mutate();
  };
  return (
    <div className={classes.columns}>
      {/* The keys are heard on their way up from the fields. */}
      <form className={classes.form} onSubmit={submit} onKeyDown={onKeyDown}>
        {inputs.map((input) => {
          const draft = drafts[input.name];
          return draft ? (
            <InputFields
              key={input.name}
              input={input}
              draft={draft}
              onChange={(change) => setDrafts({ ...drafts, [input.name]: { ...draft, ...change } })}
            />
          ) : null;
        })}
        {parameters.length > 0 ? (
          <ParameterFields
            parameters={parameters}
            said={said}
            onChange={(name, text) => setSaid({ ...said, [name]: text })}
          />
        ) : null}
        <div>
          <Button type="submit" leftSection={<IconPlayerPlay size={16} />} loading={call.isPending}>
            Call the service
          </Button>
        </div>
      </form>
      <AnswerView answer={call.data} error={call.error} isPending={call.isPending} />
    </div>
  );
}
