import { useState } from "react";
import type { Environment } from "../../api/environments";
import { SearchBox } from "../../ui/SearchBox";
import { plural } from "../../ui/words";
import classes from "./Environments.module.css";

/** What scripts can import, with versions; what base does not have comes first. */
export function PackageList({ installed, python }: Pick<Environment, "installed" | "python">) {
  const [search, setSearch] = useState("");
  const wanted = search.trim().toLowerCase().replaceAll("_", "-");
  const found = installed
    .filter(({ name }) => name.includes(wanted))
    .sort((a, b) => Number(a.base) - Number(b.base));
  return (
    <section aria-label="Packages">
      <h2 className={classes.heading}>
        Python {python} and {plural(installed.length, "package")}
      </h2>
      <SearchBox label="Search packages" value={search} onChange={setSearch} />
      {found.length === 0 ? (
        <p className={classes.facts}>No package is called so. Name it among the requirements.</p>
      ) : null}
      <ul className={classes.packages}>
        {found.map(({ name, version, base }) => (
          <li key={name} data-own={base ? undefined : true}>
            <span>{name}</span>
            <span>{version}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
