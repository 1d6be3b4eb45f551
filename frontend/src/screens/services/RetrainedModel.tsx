import { Button, Group, Select, Stack } from "@mantine/core";
import { modals } from "@mantine/modals";
import { notifications } from "@mantine/notifications";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { modelsQuery, pointAt, type TrainedModel } from "../../api/serviceCalls";
import type { Service } from "../../api/services";
import { ProblemMessage } from "../../ui/ProblemMessage";
import { showProblem } from "../../ui/showProblem";
import { moment } from "../../ui/words";
import classes from "./ServiceScreen.module.css";

/** Offers what jobs have trained, where the service scores with a model. */
export function RetrainedModel({ service }: { service: Service }) {
  const { data, error, refetch } = useQuery(modelsQuery(service.id));
  if (error && !data) {
    return (
      <ProblemMessage
        title="Could not look for retrained models"
        error={error}
        onRetry={() => void refetch()}
      />
    );
  }
  if (!data || data.models.length === 0 || data.trained.length === 0) return null;
  return (
    <Button
      variant="default"
      onClick={() =>
        modals.open({
          title: "Use a retrained model",
          children: <ModelForm service={service} models={data.models} trained={data.trained} />,
        })
      }
    >
      Use a retrained model…
    </Button>
  );
}

interface FormProps {
  service: Service;
  models: string[];
  trained: TrainedModel[];
}

const keyOf = ({ job, output }: TrainedModel) => `${job} ${output}`;

function ModelForm({ service, models, trained }: FormProps) {
  const queries = useQueryClient();
  const [chosen, setChosen] = useState(trained[0] ? keyOf(trained[0]) : null);
  const [name, setName] = useState(models[0] ?? null);
  const point = useMutation({
    mutationFn: (model: TrainedModel) => pointAt(service.id, model, name ?? ""),
    onSuccess: async ({ version, model_changes }) => {
      modals.closeAll();
      notifications.show({
        title: `Version ${version} has the model`,
        message: [...model_changes, "Try it on recorded calls; it answers after you switch to it."].join(" "),
        autoClose: 20_000,
      });
      await queries.invalidateQueries({ queryKey: ["service", service.id] });
    },
    onError: (error) => showProblem("The model was not taken", error),
  });
  const model = trained.find((one) => keyOf(one) === chosen);
  return (
    <Stack gap="sm">
      <p className={classes.note}>
        A new version is made with this model in place of the old one. It answers nobody before you switch to
        it.
      </p>
      <Select
        label="Model"
        allowDeselect={false}
        data={trained.map((one) => ({
          value: keyOf(one),
          label: `${one.service}, ${one.output}, ${moment(one.finished)}`,
        }))}
        value={chosen}
        onChange={setChosen}
      />
      {models.length > 1 ? (
        <Select label="In place of" allowDeselect={false} data={models} value={name} onChange={setName} />
      ) : null}
      <Group justify="flex-end">
        <Button loading={point.isPending} disabled={!model} onClick={() => model && point.mutate(model)}>
          Make the version
        </Button>
      </Group>
    </Stack>
  );
}
