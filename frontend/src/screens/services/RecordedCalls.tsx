import { Button, Group, Select } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { deleteRecorded, recordedQuery } from "../../api/serviceCalls";
import type { Service } from "../../api/services";
import { confirmLoss } from "../../ui/confirm";
import { ProblemMessage } from "../../ui/ProblemMessage";
import { showProblem } from "../../ui/showProblem";
import { bytes, plural } from "../../ui/words";
import classes from "./CallsTab.module.css";
import { useChangeService } from "./useChangeService";

const CHOICES = [
  { value: "0", label: "No call" },
  { value: "20", label: "The newest 20 calls" },
  { value: "100", label: "The newest 100 calls" },
  { value: "1000", label: "The newest 1,000 calls" },
];

/** Whether calls are kept with their rows, to try another version on. Until it is known how many there are, nothing
 * can be chosen that would delete them. */
export function RecordedCalls({ service }: { service: Service }) {
  const queries = useQueryClient();
  const change = useChangeService(service);
  const recorded = useQuery(recordedQuery(service.id));
  const again = () => queries.invalidateQueries({ queryKey: recordedQuery(service.id).queryKey });
  const forget = useMutation({
    mutationFn: () => deleteRecorded(service.id),
    onSuccess: again,
    onError: (error) => showProblem("The recorded calls were not deleted", error),
  });
  const total = recorded.data?.total ?? 0;
  const keep = (most: string) => {
    const apply = () => change.mutate({ record_calls: Number(most) }, { onSuccess: () => void again() });
    if (Number(most) >= total) return apply();
    confirmLoss({
      title: "Keep fewer calls?",
      children: "The older ones are deleted at once. This cannot be undone.",
      verb: "Delete them",
      onConfirm: apply,
    });
  };
  const known = CHOICES.some(({ value }) => value === String(service.record_calls));
  return (
    <section aria-label="Recorded calls">
      <h2 className={classes.heading}>Recorded calls</h2>
      <p className={classes.note}>
        With recorded calls you can try a version before it answers anybody: see Versions. What callers sent
        is kept with them, up to 16 MB in all and 256 KB a call. Nobody but you sees it.
      </p>
      <Group align="end" gap="sm">
        <Select
          label="Record"
          w={240}
          allowDeselect={false}
          disabled={change.isPending || !recorded.data}
          data={
            known
              ? CHOICES
              : [
                  ...CHOICES,
                  { value: String(service.record_calls), label: `The newest ${service.record_calls} calls` },
                ]
          }
          value={String(service.record_calls)}
          onChange={(most) => most !== null && keep(most)}
        />
        <Button
          variant="default"
          disabled={total === 0}
          loading={forget.isPending}
          onClick={() =>
            confirmLoss({
              title: `Delete ${plural(total, "recorded call")}?`,
              children: "This cannot be undone.",
              verb: "Delete",
              onConfirm: () => forget.mutate(),
            })
          }
        >
          Delete them
        </Button>
      </Group>
      {recorded.error && !recorded.data ? (
        <ProblemMessage
          title="Could not look for recorded calls"
          error={recorded.error}
          onRetry={() => void recorded.refetch()}
        />
      ) : (
        <p className={classes.note} aria-live="polite">
          {!recorded.data
            ? "Looking for recorded calls…"
            : total === 0
              ? "None is kept."
              : `${plural(total, "call")} kept, ${bytes(recorded.data.bytes)} in all.`}
        </p>
      )}
    </section>
  );
}
