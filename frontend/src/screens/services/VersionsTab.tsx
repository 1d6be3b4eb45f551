import { Button, Group } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconUpload } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "react-router";
import { publishAgain, serviceQuery, switchVersion, versionQuery, type Service } from "../../api/services";
import { confirmLoss } from "../../ui/confirm";
import { ListTable } from "../../ui/ListTable";
import { showProblem } from "../../ui/showProblem";
import { useOrder } from "../../ui/useOrder";
import { When } from "../../ui/When";
import list from "../../ui/ListNotes.module.css";
import { RetrainedModel } from "./RetrainedModel";
import classes from "./ServiceScreen.module.css";
import { TryVersion } from "./TryVersion";

type Key = "version" | "run" | "created" | "use";
type Item = Service["versions"][number] & { id: string; name: string };

/** What it was published as, one row a version. One of them answers; another answers after a switch. */
export function VersionsTab({ service }: { service: Service }) {
  const queries = useQueryClient();
  const order = useOrder<Key>("version", true);
  const items: Item[] = service.versions
    .map((one) => ({ ...one, id: String(one.version), name: `Version ${one.version}` }))
    .toSorted((a, b) => b.version - a.version);
  const again = useMutation({
    mutationFn: () => publishAgain(service.id),
    onSuccess: async ({ version, changes }) => {
      notifications.show({
        title: `Version ${version} was published`,
        message:
          changes.length === 0
            ? "Callers would notice no change of columns or parameters. It answers after you switch to it."
            : "It answers after you switch to it. Callers would notice: " + changes.join(" "),
      });
      await queries.invalidateQueries({ queryKey: ["service", service.id] });
    },
    onError: (error) => showProblem("No version was published", error),
  });
  return (
    <>
      <p className={classes.note}>
        A version keeps the values, the scripts and the models of the run that it was published from. Later
        edits of the experiment change nothing here until they are published and switched to.
      </p>
      <ListTable<Item, Key>
        label="Versions"
        order={order}
        items={items}
        columns={[
          { key: "version", label: "Version", cell: ({ name }) => name },
          {
            key: "run",
            label: "From",
            width: "120px",
            cell: ({ run, run_number }) =>
              service.experiment ? (
                <Link to={`/experiments/${service.experiment}/runs/${run}`} className={list.link}>
                  Run {run_number}
                </Link>
              ) : (
                `Run ${run_number}`
              ),
          },
          {
            key: "created",
            label: "Published",
            width: "136px",
            cell: ({ created }) => <When at={created} />,
          },
          {
            key: "use",
            label: "Answers",
            width: "136px",
            phone: "120px",
            align: "right",
            cell: (item) => (item.in_use ? "in use" : <SwitchTo service={service} version={item.version} />),
          },
        ]}
        actions={({ version }) => <TryVersion service={service} version={version} />}
      />
      <Group mt="sm" gap="xs">
        <RetrainedModel service={service} />
        {service.experiment ? (
          <Button
            variant="default"
            leftSection={<IconUpload size={16} />}
            loading={again.isPending}
            onClick={() => again.mutate()}
          >
            Publish the latest run
          </Button>
        ) : null}
        {service.previous !== null && service.previous !== service.version ? (
          <SwitchTo
            service={service}
            version={service.previous}
            label={`Back to version ${service.previous}`}
          />
        ) : null}
      </Group>
    </>
  );
}

interface SwitchProps {
  service: Service;
  version: number;
  label?: string;
}

/** Lets another version answer; says first what callers would notice. */
function SwitchTo({ service, version, label }: SwitchProps) {
  const queries = useQueryClient();
  const turn = useMutation({
    mutationFn: () => switchVersion(service.id, version),
    onSuccess: async (changed) => {
      queries.setQueryData(serviceQuery(service.id).queryKey, changed);
      notifications.show({ message: `Version ${version} answers now.` });
      await queries.invalidateQueries({ queryKey: ["services"] });
    },
    onError: (error) => showProblem("The version was not switched", error),
  });
  const ask = async () => {
    const { changes } = await queries.fetchQuery({ ...versionQuery(service.id, version), staleTime: 0 });
    if (changes.length === 0) return turn.mutate();
    confirmLoss({
      title: `Switch to version ${version}?`,
      children: (
        <>
          Callers would notice:
          <ul>
            {changes.map((change) => (
              <li key={change}>{change}</li>
            ))}
          </ul>
        </>
      ),
      verb: "Switch",
      onConfirm: () => turn.mutate(),
    });
  };
  return (
    <Button
      size={label ? "sm" : "compact-sm"}
      variant="default"
      loading={turn.isPending}
      aria-label={label ?? `Switch to version ${version}`}
      onClick={() => {
        ask().catch((error: unknown) => showProblem("The version was not switched", error));
      }}
    >
      {label ?? "Switch"}
    </Button>
  );
}
