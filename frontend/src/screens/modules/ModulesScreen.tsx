import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useParams } from "react-router";
import { brokenModulesQuery, modulesQuery } from "../../api/modules";
import type { ModuleSpec } from "../../api/types";
import { CodeText } from "../../ui/CodeText";
import { ModuleDocs } from "../../ui/docs/ModuleDocs";
import { ListPage } from "../../ui/ListPage";
import { Loading } from "../../ui/Loading";
import { ProblemMessage } from "../../ui/ProblemMessage";
import { SearchBox } from "../../ui/SearchBox";
import { useWithDocs } from "../../ui/docs/useWithDocs";
import { useTitle } from "../../ui/useTitle";
import classes from "./ModulesScreen.module.css";

const NONE: readonly ModuleSpec[] = [];

/** The module reference: what each module does, takes and gives, as it says so itself. */
export function ModulesScreen() {
  const { slug } = useParams();
  const { data: modules, error, refetch } = useQuery(modulesQuery());
  const broken = useQuery(brokenModulesQuery()).data?.find((one) => one.slug === slug);
  const [search, setSearch] = useState("");
  const offered = modules?.filter((module) => !module.not_yet);
  const chosen = modules?.find((module) => module.slug === slug) ?? (slug ? undefined : offered?.[0]);
  useTitle(chosen?.name ?? "Module reference");
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const searched = useWithDocs(offered ?? NONE, words.length > 0);
  const found = (offered && searched)?.filter((module) => {
    const text = `${module.name} ${module.synonyms.join(" ")} ${module.summary} ${module.docs}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  return (
    <ListPage
      title="Module reference"
      total={offered?.length}
      shown={found?.length}
      tools={<SearchBox label="Search the reference" value={search} onChange={setSearch} />}
    >
      {error ? (
        <ProblemMessage title="Could not load the modules" error={error} onRetry={() => void refetch()} />
      ) : !found ? (
        <Loading label="Loading the modules…" />
      ) : (
        <div className={classes.page}>
          <nav aria-label="Modules" className={classes.list}>
            {groups(found).map(([category, members]) => (
              <section key={category} aria-label={category}>
                <h2 className={classes.category}>{category}</h2>
                {members.map((module) => (
                  <Link
                    key={module.slug}
                    to={`/modules/${module.slug}`}
                    className={classes.link}
                    aria-current={module.slug === chosen?.slug ? "page" : undefined}
                  >
                    {module.name}
                  </Link>
                ))}
              </section>
            ))}
            {found.length === 0 ? <p className={classes.none}>No module matches.</p> : null}
          </nav>
          <article className={classes.module}>
            {chosen ? (
              <>
                <h2 className={classes.name}>{chosen.name}</h2>
                <p className={classes.slug}>{chosen.slug}</p>
                {chosen.not_yet ? <p className={classes.unavailable}>{chosen.not_yet}</p> : null}
                {chosen.unavailable ? (
                  <p className={classes.unavailable}>
                    <CodeText>{chosen.unavailable}</CodeText>
                  </p>
                ) : null}
                <ModuleDocs module={chosen} whole />
              </>
            ) : (
              <p className={classes.none}>
                {broken
                  ? `This server cannot read the module “${slug}”: ${broken.unavailable}`
                  : `There is no module “${slug}” on this server. Choose one of the list.`}
              </p>
            )}
          </article>
        </div>
      )}
    </ListPage>
  );
}

function groups(modules: readonly ModuleSpec[]): [string, ModuleSpec[]][] {
  const found = new Map<string, ModuleSpec[]>();
  for (const module of modules) found.set(module.category, [...(found.get(module.category) ?? []), module]);
  return [...found];
}
