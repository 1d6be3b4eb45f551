import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "react-router";
import { renameExperiment } from "../../api/experiments";
import type { ExperimentItem } from "../../api/types";
import { InlineRename } from "../../ui/InlineRename";
import { showProblem } from "../../ui/showProblem";
import { ShelfNote } from "../shelf/ShelfNote";
import classes from "./ExperimentsTable.module.css";

interface Props {
  item: ExperimentItem;
  renaming: boolean;
  onRenamed: () => void;
}

export function ExperimentName({ item, renaming, onRenamed }: Props) {
  const queries = useQueryClient();
  const rename = useMutation({
    mutationFn: (name: string) => renameExperiment(item.id, name),
    onError: (error) => showProblem(`“${item.name}” was not renamed`, error),
    onSettled: () => queries.invalidateQueries({ queryKey: ["experiments"] }),
  });
  if (renaming) {
    return (
      <InlineRename
        label={`New name of ${item.name}`}
        name={item.name}
        onDone={(name) => {
          onRenamed();
          if (name !== null) rename.mutate(name);
        }}
      />
    );
  }
  const name = rename.isPending ? rename.variables : item.name;
  return (
    <div className={classes.name}>
      <Link to={`/experiments/${item.id}`} className={classes.link} title={name}>
        {name}
      </Link>
      {item.sample ? <span className={classes.tag}>Sample</span> : null}
      <ShelfNote item={item} />
      {item.description ? (
        <span className={classes.description} title={item.description}>
          {item.description}
        </span>
      ) : null}
    </div>
  );
}
