import { Button } from "@mantine/core";
import { IconPlayerPlay } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { samplesQuery } from "../../api/samples";
import type { Sample } from "../../api/types";
import { Loading } from "../../ui/Loading";
import { ProblemMessage } from "../../ui/ProblemMessage";
import { StateBadge } from "../../ui/StateBadge";
import { SamplePicture } from "./SamplePicture";
import classes from "./Samples.module.css";
import { useOpenSample } from "./useOpenSample";

interface Props {
  /** Of the cards' headings. */
  level: 2 | 3;
  /** How many are shown; all if it is left out. */
  most?: number;
}

/** A card for each sample: its graph, what it shows, and the way in. */
export function SampleCards({ level, most = Infinity }: Props) {
  const samples = useQuery(samplesQuery());
  const open = useOpenSample();
  if (samples.isError && !samples.data) {
    return (
      <ProblemMessage
        title="Could not load the samples"
        error={samples.error}
        onRetry={() => void samples.refetch()}
      />
    );
  }
  if (!samples.data) return <Loading label="Loading samples…" />;
  return (
    <ul className={classes.cards}>
      {samples.data.slice(0, most).map((sample) => (
        <Card
          key={sample.slug}
          sample={sample}
          level={level}
          opening={open.isPending && open.variables.slug === sample.slug}
          onOpen={(fresh) => {
            if (!open.isPending) open.mutate({ slug: sample.slug, fresh });
          }}
        />
      ))}
    </ul>
  );
}

interface CardProps extends Pick<Props, "level"> {
  sample: Sample;
  opening: boolean;
  onOpen(fresh: boolean): void;
}

function Card({ sample, level, opening, onOpen }: CardProps) {
  const Heading = `h${level}` as const;
  const { name, description, yours } = sample;
  const hasRun = yours?.last_run;
  const verb = hasRun || yours?.changed ? "Open your copy" : "Open and run";
  return (
    <li className={classes.card}>
      <SamplePicture sample={sample} />
      <div className={classes.words}>
        <Heading className={classes.name}>{name}</Heading>
        <p className={classes.description}>{description}</p>
      </div>
      <div className={classes.foot}>
        <Button
          size="xs"
          variant="light"
          className={classes.open}
          leftSection={<IconPlayerPlay size={14} />}
          aria-label={`${verb}: ${name}`}
          loading={opening}
          onClick={() => onOpen(false)}
        >
          {verb}
        </Button>
        {yours?.changed ? (
          <Button
            size="xs"
            variant="subtle"
            color="gray"
            className={classes.fresh}
            aria-label={`New copy: ${name}`}
            title="Your copy has changed. This makes another one, as the sample was at first."
            onClick={() => onOpen(true)}
          >
            New copy
          </Button>
        ) : hasRun ? (
          <StateBadge state={hasRun.state} />
        ) : null}
      </div>
    </li>
  );
}
