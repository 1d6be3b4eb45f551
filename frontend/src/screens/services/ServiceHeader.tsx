import { Button } from "@mantine/core";
import { IconFlask, IconPencil } from "@tabler/icons-react";
import { useState } from "react";
import { Link, useNavigate } from "react-router";
import type { Service } from "../../api/services";
import { CopyButton } from "../../ui/CopyButton";
import { IconButton } from "../../ui/IconButton";
import { InlineRename } from "../../ui/InlineRename";
import { ServiceActions } from "./ServiceActions";
import classes from "./ServiceScreen.module.css";
import { ServiceState } from "./ServiceState";
import { useChangeService } from "./useChangeService";

export function ServiceHeader({ service }: { service: Service }) {
  const navigate = useNavigate();
  const change = useChangeService(service);
  const [renaming, setRenaming] = useState(false);
  return (
    <header className={classes.header}>
      <Link to="/services" className={classes.crumb}>
        Services
      </Link>
      <div className={classes.line}>
        {renaming ? (
          <InlineRename
            label={`New name of ${service.name}`}
            name={service.name}
            onDone={(name) => {
              setRenaming(false);
              if (name !== null) change.mutate({ name });
            }}
          />
        ) : (
          <>
            <h1 className={classes.title} title={service.name}>
              {service.name}
            </h1>
            <IconButton label="Rename the service" onClick={() => setRenaming(true)}>
              <IconPencil size={15} />
            </IconButton>
          </>
        )}
        <ServiceState state={service.state} />
        <span className={classes.type}>Version {service.version}</span>
        <div className={classes.tools}>
          {service.experiment ? (
            <Button
              component={Link}
              to={`/experiments/${service.experiment}`}
              variant="default"
              leftSection={<IconFlask size={16} />}
            >
              Open the experiment
            </Button>
          ) : null}
          <ServiceActions service={service} onDeleted={() => void navigate("/services")} />
        </div>
      </div>
      <p className={classes.address}>
        <span className={classes.url} title={service.url}>
          POST {service.url}
        </span>
        <CopyButton text={service.url} label="Copy the address" />
      </p>
      {service.why ? <p className={classes.why}>{service.why}</p> : null}
      {service.description ? <p className={classes.description}>{service.description}</p> : null}
    </header>
  );
}
