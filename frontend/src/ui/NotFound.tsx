import { Button } from "@mantine/core";
import { IconMapOff } from "@tabler/icons-react";
import { Link } from "react-router";
import { EmptyState } from "./EmptyState";

interface Props {
  /** What is missing, for example "This dataset". */
  what?: string;
}

export function NotFound({ what = "This page" }: Props) {
  return (
    <EmptyState
      level={1}
      icon={<IconMapOff size={24} stroke={1.5} />}
      title={`${what} was not found`}
      actions={
        <>
          <Button component={Link} to="/">
            Go to experiments
          </Button>
          <Button component={Link} to="/datasets" variant="default">
            Go to datasets
          </Button>
        </>
      }
    >
      It may have been deleted, or the address is not complete.
    </EmptyState>
  );
}
