import { Button } from "@mantine/core";
import { IconGitCompare, IconRefresh } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { artifactQuery } from "../../api/artifacts";
import { Loading } from "../../ui/Loading";
import { ProblemMessage } from "../../ui/ProblemMessage";
import { ModelView } from "../models/ModelView";
import { trainAgain } from "../models/trainAgain";
import { ModelDownloads, SaveButton } from "../outputs/TableActions";
import type { ViewProps } from "./view";
import classes from "./views.module.css";

export function View({ artifact, label, origin, onCompare }: ViewProps) {
  const { data, error, refetch } = useQuery(artifactQuery(artifact));
  return (
    <div className={classes.view}>
      <div className={classes.bar}>
        <SaveButton artifact={artifact} origin={origin} />
        <ModelDownloads artifact={artifact} trained={data?.trained === true} />
        {onCompare && data?.trained ? (
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconGitCompare size={14} />}
            onClick={onCompare}
          >
            Compare models…
          </Button>
        ) : null}
        {data?.trained ? (
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconRefresh size={14} />}
            onClick={() => trainAgain(artifact)}
          >
            Train again…
          </Button>
        ) : null}
      </div>
      {error ? (
        <ProblemMessage title="Could not open the model" error={error} onRetry={() => void refetch()} />
      ) : data ? (
        <ModelView artifact={data} label={label} />
      ) : (
        <Loading label="Opening the model…" />
      )}
    </div>
  );
}
