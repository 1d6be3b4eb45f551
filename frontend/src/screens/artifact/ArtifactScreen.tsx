import { VisuallyHidden } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useParams, useSearchParams } from "react-router";
import { artifactQuery } from "../../api/artifacts";
import { isProblem } from "../../api/problem";
import { Loading } from "../../ui/Loading";
import { OutputView } from "../../results/views/OutputView";
import { headingOf } from "../../results/wireTypes";
import { ProblemMessage } from "../../ui/ProblemMessage";
import { useTitle } from "../../ui/useTitle";
import { NotFound } from "../../ui/NotFound";
import classes from "./ArtifactScreen.module.css";

/** What lies on a port, by itself: the page a link leads to. The name comes with the link. */
export function ArtifactScreen() {
  const { id = "" } = useParams();
  const [search] = useSearchParams();
  const artifact = useQuery(artifactQuery(id));
  const name = search.get("name") || "Output";
  useTitle(name);
  if (isProblem(artifact.error) && artifact.error.status === 404) return <NotFound what="This output" />;
  if (artifact.isPending) return <Loading label="Opening…" />;
  if (!artifact.data) {
    return (
      <ProblemMessage
        title="Could not open it"
        error={artifact.error}
        onRetry={() => void artifact.refetch()}
      />
    );
  }
  return (
    <div className={classes.screen}>
      <header className={classes.head}>
        <h1 className={classes.title}>{name}</h1>
        <span className={classes.id}>{id.slice(0, 12)}</span>
      </header>
      <div className={classes.content}>
        <VisuallyHidden component="h2">{headingOf(artifact.data.type)}</VisuallyHidden>
        <OutputView artifact={id} type={artifact.data.type} label={name} />
      </div>
    </div>
  );
}
