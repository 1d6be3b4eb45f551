import { Button } from "@mantine/core";
import { IconPencil, IconRefresh, IconTrash } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "react-router";
import {
  buildEnvironment,
  deleteEnvironment,
  environmentQuery,
  type Environment,
} from "../../api/environments";
import { confirmLoss } from "../../ui/confirm";
import { Loading } from "../../ui/Loading";
import { ProblemMessage } from "../../ui/ProblemMessage";
import { showProblem } from "../../ui/showProblem";
import { useTitle } from "../../ui/useTitle";
import { bytes } from "../../ui/words";
import { openEnvironmentForm } from "./EnvironmentForm";
import classes from "./Environments.module.css";
import { EnvironmentState } from "./EnvironmentState";
import { PackageList } from "./PackageList";

/** One environment: how far it is, its requirements, its log, what is installed. */
export function EnvironmentScreen() {
  const { id = "" } = useParams();
  const found = useQuery(environmentQuery(id));
  useTitle(found.data?.name ?? "Environment");
  if (found.isError && !found.data) {
    return (
      <div className={classes.screen}>
        <ProblemMessage
          title="Could not load the environment"
          error={found.error}
          onRetry={() => void found.refetch()}
        />
      </div>
    );
  }
  if (!found.data) return <Loading label="Loading the environment…" />;
  const { name, state, requirements, error, log, lock, python, installed } = found.data;
  return (
    <div className={classes.screen}>
      <Link to="/environments" className={classes.crumb}>
        Environments
      </Link>
      <div className={classes.line}>
        <h1 className={classes.title}>{name}</h1>
        <EnvironmentState state={state} />
        {id === "base" ? null : <Tools environment={found.data} />}
      </div>
      <p className={classes.facts}>
        {id === "base"
          ? "What every script can import that names no environment."
          : requirements.join(", ") + (found.data.bytes ? ` · ${bytes(found.data.bytes)}` : "")}
      </p>
      {error ? (
        <p className={classes.why} role="alert">
          {error}
        </p>
      ) : null}
      <Text title="Log of the build" text={log} />
      {state === "ready" ? <PackageList installed={installed} python={python} /> : null}
      <Text title="Lock" text={lock} />
    </div>
  );
}

function Text({ title, text }: { title: string; text: string }) {
  if (!text) return null;
  return (
    <section aria-label={title}>
      <h2 className={classes.heading}>{title}</h2>
      <pre className={classes.text} tabIndex={0} role="region" aria-label={title}>
        {text}
      </pre>
    </section>
  );
}

function Tools({ environment }: { environment: Environment }) {
  const { id, name, state } = environment;
  const navigate = useNavigate();
  const queries = useQueryClient();
  const build = useMutation({
    mutationFn: () => buildEnvironment(id),
    onSuccess: (made) => queries.setQueryData(["environment", id], made),
    onError: (error) => showProblem(`“${name}” is not built again`, error),
  });
  const remove = useMutation({
    mutationFn: () => deleteEnvironment(id),
    onSuccess: async () => {
      await navigate("/environments");
      queries.removeQueries({ queryKey: ["environment", id] });
      await queries.invalidateQueries({ queryKey: ["environments"] });
    },
    onError: (error) => showProblem(`“${name}” was not deleted`, error),
  });
  const ask = () =>
    confirmLoss({
      title: `Delete “${name}”?`,
      children: "Nodes that name it do not run any more until they name another.",
      verb: "Delete",
      onConfirm: () => remove.mutate(),
    });
  return (
    <div className={classes.tools}>
      <Button
        variant="default"
        leftSection={<IconPencil size={16} />}
        onClick={() => openEnvironmentForm(environment)}
      >
        Change packages
      </Button>
      <Button
        variant="default"
        leftSection={<IconRefresh size={16} />}
        disabled={state === "building"}
        loading={build.isPending}
        onClick={() => build.mutate()}
      >
        Build again
      </Button>
      <Button variant="default" leftSection={<IconTrash size={16} />} onClick={ask}>
        Delete
      </Button>
    </div>
  );
}
