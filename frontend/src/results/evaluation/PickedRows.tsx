import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { IconX } from "@tabler/icons-react";
import { artifactQuery } from "../../api/artifacts";
import { IconButton } from "../../ui/IconButton";
import { Loading } from "../../ui/Loading";
import { OpenTable } from "../table/OpenTable";
import classes from "./Evaluation.module.css";
import { filtersOf, type Pick } from "./picked";

interface Props {
  pick: Pick;
  onClose: () => void;
  /** Puts a query of the rows on the canvas, which keeps them as a table. */
  onAddModule?: ((sql: string) => void) | undefined;
}

/** The rows behind what was clicked, as a table that can be filtered on. */
export function PickedRows({ pick, onClose, onAddModule }: Props) {
  const { data } = useQuery(artifactQuery(pick.artifact));
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    box.current?.scrollIntoView({ block: "nearest" });
  }, [pick, data]);
  return (
    <section ref={box} className={classes.picked} aria-label={pick.title}>
      <header className={classes.smallHead}>
        <h3>{pick.title}</h3>
        <IconButton label="Close these rows" size={24} onClick={onClose}>
          <IconX size={14} />
        </IconButton>
      </header>
      <div className={classes.rows}>
        {data ? (
          <OpenTable
            key={pick.title}
            artifact={data}
            columns={data.columns ?? []}
            label={pick.title}
            actions={null}
            onAddModule={onAddModule}
            start={filtersOf(pick.where, data.columns ?? [])}
          />
        ) : (
          <Loading label="Opening the rows…" />
        )}
      </div>
    </section>
  );
}
