import { Button, NumberInput, Stack } from "@mantine/core";
import { useState, type FormEvent } from "react";
import type { Service } from "../../api/services";
import classes from "./ServiceScreen.module.css";
import { useChangeService } from "./useChangeService";

const MEGA = 1 << 20;

const numberOr = <T,>(value: number | string, other: T): number | T =>
  typeof value === "number" ? value : other;

/** How long a call may take, how much memory, and how many may run at once. */
export function LimitsTab({ service }: { service: Service }) {
  const change = useChangeService(service);
  const [timeout, setTimeout] = useState<number | string>(service.timeout_s);
  const [memory, setMemory] = useState<number | string>(
    service.memory_bytes === null ? "" : Math.round(service.memory_bytes / MEGA),
  );
  const [concurrency, setConcurrency] = useState<number | string>(service.concurrency);
  const save = (event: FormEvent) => {
    event.preventDefault();
    change.mutate({
      timeout_s: numberOr(timeout, service.timeout_s),
      memory_bytes: typeof memory === "number" ? memory * MEGA : null,
      concurrency: numberOr(concurrency, service.concurrency),
    });
  };
  return (
    <form onSubmit={save}>
      <Stack gap="sm" maw={420}>
        <p className={classes.note}>They hold for each call, from the next one on.</p>
        <NumberInput
          label="Longest call, in seconds"
          value={timeout}
          min={1}
          max={3600}
          allowDecimal={false}
          onChange={setTimeout}
        />
        <NumberInput
          label="Most memory of a call, in MiB"
          placeholder="as for a node of a run"
          value={memory}
          min={64}
          allowDecimal={false}
          onChange={setMemory}
        />
        <NumberInput
          label="Calls at once"
          description="More wait a moment, and are told that it is busy after that"
          value={concurrency}
          min={1}
          max={1000}
          allowDecimal={false}
          onChange={setConcurrency}
        />
        <div>
          <Button type="submit" loading={change.isPending}>
            Save the limits
          </Button>
        </div>
      </Stack>
    </form>
  );
}
