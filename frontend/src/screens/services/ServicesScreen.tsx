import { IconApi } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import { servicesQuery } from "../../api/services";
import { EmptyState } from "../../ui/EmptyState";
import { ListPage } from "../../ui/ListPage";
import { Loading } from "../../ui/Loading";
import { ProblemMessage } from "../../ui/ProblemMessage";
import { SearchBox } from "../../ui/SearchBox";
import { useTitle } from "../../ui/useTitle";
import list from "../../ui/ListNotes.module.css";
import { ServicesTable } from "./ServicesTable";

/** Every published service: what answers, in which version, by how many keys. */
export function ServicesScreen() {
  useTitle("Services");
  const services = useQuery(servicesQuery());
  const [search, setSearch] = useState("");
  const all = services.data;
  const found = all?.filter(({ name }) => name.toLowerCase().includes(search.trim().toLowerCase()));
  return (
    <ListPage
      title="Services"
      total={all?.length}
      shown={found?.length}
      tools={all?.length ? <SearchBox label="Search services" value={search} onChange={setSearch} /> : null}
    >
      {services.isError && !all ? (
        <ProblemMessage
          title="Could not load the services"
          error={services.error}
          onRetry={() => void services.refetch()}
        />
      ) : !all || !found ? (
        <Loading label="Loading services…" />
      ) : all.length === 0 ? (
        <EmptyState icon={<IconApi size={24} stroke={1.5} />} title="No services yet">
          A service lets other programs send rows to an experiment and get its result. Open an{" "}
          <Link to="/">experiment</Link> that has finished a run, and choose <em>Set up web service</em> in
          its menu.
        </EmptyState>
      ) : found.length === 0 ? (
        <p className={list.note}>No service is called so.</p>
      ) : (
        <ServicesTable items={found} />
      )}
    </ListPage>
  );
}
