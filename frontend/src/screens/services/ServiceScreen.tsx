import { Tabs } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams } from "react-router";
import { isProblem } from "../../api/problem";
import { serviceQuery, type Service } from "../../api/services";
import { Loading } from "../../ui/Loading";
import { NotFound } from "../../ui/NotFound";
import { ProblemMessage } from "../../ui/ProblemMessage";
import { useTitle } from "../../ui/useTitle";
import { CallsTab } from "./CallsTab";
import { CodeTab } from "./CodeTab";
import { JobsTab } from "./JobsTab";
import { KeysTab } from "./KeysTab";
import { LimitsTab } from "./LimitsTab";
import { ServiceHeader } from "./ServiceHeader";
import classes from "./ServiceScreen.module.css";
import { TryTab } from "./TryTab";
import { VersionsTab } from "./VersionsTab";

const TABS: { value: string; label: string; View: (props: { service: Service }) => React.ReactNode }[] = [
  { value: "try", label: "Try it", View: TryTab },
  { value: "code", label: "Code", View: CodeTab },
  { value: "jobs", label: "Jobs", View: JobsTab },
  { value: "calls", label: "Calls", View: CallsTab },
  { value: "keys", label: "Keys", View: KeysTab },
  { value: "versions", label: "Versions", View: VersionsTab },
  { value: "limits", label: "Limits", View: LimitsTab },
];

/** One service: what it is above, and below what can be done with it, a tab each. */
export function ServiceScreen() {
  const { id = "", tab = "try" } = useParams();
  const navigate = useNavigate();
  const service = useQuery(serviceQuery(id));
  useTitle(service.data?.name);
  if (isProblem(service.error) && service.error.status === 404) return <NotFound what="This service" />;
  if (service.isPending) return <Loading label="Opening the service…" />;
  if (!service.data) {
    return (
      <div className={classes.problem}>
        <ProblemMessage
          title="Could not open the service"
          error={service.error}
          onRetry={() => void service.refetch()}
        />
      </div>
    );
  }
  const { data } = service;
  return (
    <div className={classes.screen}>
      <ServiceHeader service={data} />
      <Tabs
        value={TABS.some(({ value }) => value === tab) ? tab : "try"}
        onChange={(value) => {
          void service.refetch(); // it may have been deleted or switched elsewhere
          void navigate(`/services/${id}/${value ?? "try"}`, { replace: true });
        }}
        keepMounted={false}
        classNames={{ root: classes.tabs ?? "", list: classes.list ?? "", panel: classes.panel ?? "" }}
      >
        <Tabs.List aria-label={`Parts of ${data.name}`}>
          {TABS.map(({ value, label }) => (
            <Tabs.Tab key={value} value={value}>
              {label}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {TABS.map(({ value, View }) => (
          <Tabs.Panel key={value} value={value}>
            <View service={data} />
          </Tabs.Panel>
        ))}
      </Tabs>
    </div>
  );
}
