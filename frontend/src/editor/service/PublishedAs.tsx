import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { servicesQuery } from "../../api/services";
import classes from "./ServicePanel.module.css";

/** The services that were published from the experiment. */
export function PublishedAs({ experiment }: { experiment: string }) {
  const services = useQuery(servicesQuery());
  const made = services.data?.filter((service) => service.experiment === experiment) ?? [];
  if (made.length === 0) return null;
  return (
    <p className={classes.note}>
      Published as{" "}
      {made.map(({ id, name, version }, place) => (
        <span key={id}>
          {place > 0 ? ", " : ""}
          <Link to={`/services/${id}/versions`} className={classes.link}>
            {name}
          </Link>{" "}
          (version {version})
        </span>
      ))}
      .
    </p>
  );
}
