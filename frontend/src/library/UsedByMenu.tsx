import { Popover, UnstyledButton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { usesQuery } from "../api/datasets";
import type { Dataset } from "../api/types";
import { ProblemMessage } from "../ui/ProblemMessage";
import { plural } from "../ui/words";
import classes from "./UsedBy.module.css";
import { UsedBy } from "./UsedBy";

/** How many experiments use this version; opens the list of them, each a link. */
export function UsedByMenu({ dataset: { id, used_by } }: { dataset: Dataset }) {
  const [isOpen, setOpen] = useState(false);
  const { data, error } = useQuery({ ...usesQuery(id), enabled: isOpen, staleTime: 0 });
  const experiments = data?.experiments;
  const text = `Used by ${plural(experiments?.length ?? used_by, "experiment")}`;
  if (used_by === 0 && !experiments?.length) return text;
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-start" width={320} shadow="md" trapFocus>
      <Popover.Target>
        <UnstyledButton className={classes.opener} onClick={() => setOpen(!isOpen)}>
          {text}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown aria-label="Experiments that use this version">
        {error ? <ProblemMessage title="The list could not be loaded" error={error} /> : null}
        {experiments ? <UsedBy experiments={experiments} /> : null}
      </Popover.Dropdown>
    </Popover>
  );
}
