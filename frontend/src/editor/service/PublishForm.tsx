import { Button, Group, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { Link } from "react-router";
import { publish, type PublishWish } from "../../api/services";
import { ProblemMessage } from "../../ui/ProblemMessage";
import { KeyOnce } from "../../ui/KeyOnce";
import { useEditor } from "../store/store";
import classes from "./ServicePanel.module.css";

interface Props {
  experiment: string;
  wish: PublishWish;
  /** Something stands in the way. */
  unfit: boolean;
}

/** Publishes it under a name; then shows its key, this once. */
export function PublishForm({ experiment, wish, unfit }: Props) {
  const queries = useQueryClient();
  const usual = useEditor((state) => state.draft.name);
  const [name, setName] = useState(usual);
  const made = useMutation({
    mutationFn: () => publish(experiment, { ...wish, name: name.trim() }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["services"] }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    made.mutate();
  };
  if (made.data) {
    return (
      <section aria-label="Published">
        <h3 className={classes.heading}>“{made.data.name}” is published</h3>
        <KeyOnce secret={made.data.key} />
        <Group mt="sm">
          <Button component={Link} to={`/services/${made.data.id}`}>
            Open the service
          </Button>
        </Group>
      </section>
    );
  }
  return (
    <form onSubmit={submit} className={classes.list}>
      <TextInput
        label="Name of the service"
        value={name}
        maxLength={200}
        required
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {made.error ? <ProblemMessage title="It was not published" error={made.error} /> : null}
      <Button type="submit" loading={made.isPending} disabled={unfit}>
        Publish
      </Button>
    </form>
  );
}
