import { Anchor, Button, Group, Loader, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "react-router";
import { changeEnvironment, environmentQuery } from "../../../../api/environments";
import { addPackage, type PackageAdded } from "../../../../api/scriptHelp";
import { setParam } from "../../../../graph/edits";
import { findNode } from "../../../../graph/read";
import { useShownRunId } from "../../../../runs/shown";
import { CodeText } from "../../../../ui/CodeText";
import { showProblem } from "../../../../ui/showProblem";
import { useNodeRun } from "../../../run/hooks";
import { saveNow } from "../../../store/autosave";
import { edit } from "../../../store/edit";
import { useEditor } from "../../../store/store";
import { missingPackage } from "./missingPackage";
import classes from "./Script.module.css";
import { useTried } from "./trying";

/** Where the script imports what is not there: puts the package into an environment, which the node then has. */
export function MissingPackage({ node }: { node: string }) {
  const queries = useQueryClient();
  const run = useShownRunId();
  const ran = useNodeRun(node)?.error;
  const tried = useTried((state) => state.tried[node]);
  const failure = tried?.run === run && tried.answer.failure?.node === node ? tried.answer.failure : ran;
  const name = missingPackage(failure);
  const add = useMutation({
    mutationFn: async (wanted: string) => {
      await saveNow(); // the server looks at the node as it is stored
      const { id } = useEditor.getState();
      return addPackage(id ?? "", node, wanted);
    },
    onSuccess: (added, wanted) => {
      edit(`Add ${wanted} to an environment`, (draft) =>
        Object.entries(added.params).reduce(
          (graph, [param, value]) =>
            findNode(graph, node)?.params[param] === value ? graph : setParam(graph, node, param, value),
          draft,
        ),
      );
      void queries.invalidateQueries({ queryKey: ["environments"] });
      void queries.invalidateQueries({ queryKey: ["environment", added.id] });
    },
    onError: (problem) => showProblem("The package was not added", problem),
  });
  if (add.data && add.variables === name) return <Progress added={add.data} name={add.variables} />;
  if (name === null) return null;
  return (
    <Button
      size="compact-xs"
      variant="light"
      className={classes.fix ?? ""}
      loading={add.isPending}
      onClick={() => add.mutate(name)}
    >
      Add {name} to the environment
    </Button>
  );
}

/** How far the environment is with which the node will run. */
function Progress({ added, name }: { added: PackageAdded; name: string }) {
  const queries = useQueryClient();
  const { data } = useQuery(environmentQuery(added.id));
  const page = (
    <Anchor component={Link} to={`/environments/${added.id}`} size="xs" underline="always">
      {added.name}
    </Anchor>
  );
  const takeBack = useMutation({
    mutationFn: () => changeEnvironment(added.id, (added.before ?? []).join("\n")),
    onSuccess: (now) => queries.setQueryData(["environment", added.id], now),
    onError: (problem) => showProblem("The package was not taken back", problem),
  });
  const state = data?.state ?? "building";
  const still = data === undefined || data.requirements.some((line) => line.includes(name));
  return (
    <Group gap={6} role="status" className={classes.fix ?? ""}>
      {state === "building" ? <Loader size={12} aria-hidden /> : null}
      <Text size="xs" c={state === "failed" ? "var(--studio-danger)" : undefined}>
        {state === "building" ? `Building the environment ` : null}
        {state === "ready"
          ? `${still ? `${name} is there. Run again: the node has the environment ` : "As before: "}`
          : null}
        {state === "failed" ? "Could not be built: the environment " : null}
        {page}
        {state === "failed" ? (
          <>
            . <CodeText>{data?.error ?? ""}</CodeText>
          </>
        ) : null}
      </Text>
      {state === "failed" && added.before ? (
        <Button
          size="compact-xs"
          variant="default"
          loading={takeBack.isPending}
          onClick={() => takeBack.mutate()}
        >
          Take {name} back
        </Button>
      ) : null}
    </Group>
  );
}
