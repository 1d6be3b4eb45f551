import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "react-router";
import { experimentQuery } from "../../api/experiments";
import { isProblem } from "../../api/problem";
import { ListPage } from "../../ui/ListPage";
import { useTitle } from "../../ui/useTitle";
import { NotFound } from "../../ui/NotFound";
import { RunHistory } from "../../runs/history/RunHistory";
import classes from "./RunHistoryScreen.module.css";

/** The run history at an address of its own. */
export function RunHistoryScreen() {
  const { id = "" } = useParams();
  const experiment = useQuery(experimentQuery(id));
  const name = experiment.data?.name;
  useTitle(name && `Runs of ${name}`);
  if (isProblem(experiment.error) && experiment.error.status === 404) {
    return <NotFound what="This experiment" />;
  }
  return (
    <ListPage
      title={name ? `Runs of ${name}` : "Runs"}
      tools={
        <Button component={Link} to={`/experiments/${id}`} variant="default">
          Open the experiment
        </Button>
      }
    >
      <div className={classes.frame}>
        <RunHistory experiment={id} />
      </div>
    </ListPage>
  );
}
