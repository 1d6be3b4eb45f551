import { SegmentedControl } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { callsQuery, type Calls } from "../../api/serviceCalls";
import type { Service } from "../../api/services";
import { Loading } from "../../ui/Loading";
import { ProblemMessage } from "../../ui/ProblemMessage";
import { count } from "../../ui/words";
import { CallsChart } from "./CallsChart";
import classes from "./CallsTab.module.css";
import { FailedCalls } from "./FailedCalls";
import { milliseconds } from "./milliseconds";
import { RecordedCalls } from "./RecordedCalls";

const SPANS = [
  { value: "1", label: "Hour" },
  { value: "24", label: "Day" },
  { value: "168", label: "Week" },
];

/** How often it is called, how quickly it answers, and what went wrong. */
export function CallsTab({ service }: { service: Service }) {
  const [hours, setHours] = useState("24");
  const calls = useQuery({ ...callsQuery(service.id, Number(hours)), placeholderData: keepPreviousData });
  return (
    <>
      <div className={classes.bar}>
        <SegmentedControl
          size="xs"
          aria-label="How far back"
          data={SPANS}
          value={hours}
          onChange={setHours}
        />
        {calls.data ? <Numbers total={calls.data.total} /> : null}
      </div>
      {calls.error && !calls.data ? (
        <ProblemMessage
          title="Could not read the calls"
          error={calls.error}
          onRetry={() => void calls.refetch()}
        />
      ) : !calls.data ? (
        <Loading label="Counting…" />
      ) : (
        <>
          <CallsChart calls={calls.data} />
          <FailedCalls calls={calls.data.failed} />
        </>
      )}
      <RecordedCalls service={service} />
    </>
  );
}

function Numbers({ total }: { total: Calls["total"] }) {
  const told: [string, string][] = [
    ["Calls", count(total.calls)],
    ["Errors", count(total.errors)],
    ["p50", milliseconds(total.p50)],
    ["p95", milliseconds(total.p95)],
    ["p99", milliseconds(total.p99)],
  ];
  return (
    <dl className={classes.numbers}>
      {told.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
