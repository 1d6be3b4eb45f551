import { IconAlertTriangle, IconPlayerPause, IconShieldOff } from "@tabler/icons-react";
import { Link } from "react-router";
import type { Status } from "../api/types";
import classes from "./Banner.module.css";

/** Said on every page where user code is not isolated, or cannot run. */
export function SandboxBanner({ status }: { status: Status | undefined }) {
  if (status?.sandbox.tier === "off") {
    return (
      <div role="alert" className={classes.banner} data-tone="danger">
        <IconShieldOff size={16} aria-hidden className={classes.icon} />
        <span>
          <strong>The sandbox is off.</strong> Scripts run with all rights of the server. Open only
          experiments that you trust, or start Studio without <code>STUDIO_SANDBOX=off</code>.
        </span>
      </div>
    );
  }
  if (status?.sandbox.tier === "none") {
    return (
      <div role="alert" className={classes.banner} data-tone="warning">
        <IconAlertTriangle size={16} aria-hidden className={classes.icon} />
        <span>
          <strong>Scripts are refused on this machine,</strong> because it cannot isolate them.{" "}
          {status.sandbox.detail} The command <code>doctor</code> says what is missing.
        </span>
      </div>
    );
  }
  if (status?.workers === 0) {
    return (
      <div role="status" className={classes.banner} data-tone="warning">
        <IconAlertTriangle size={16} aria-hidden className={classes.icon} />
        <span>
          <strong>No worker has reported yet.</strong> Runs and uploads wait until one is up; if this stays,
          look at the server’s log.
        </span>
      </div>
    );
  }
  if (status?.held) {
    return (
      <div role="status" className={classes.banner} data-tone="warning">
        <IconPlayerPause size={16} aria-hidden className={classes.icon} />
        <span>
          <strong>The workers are paused.</strong> Runs wait until somebody lets them go on, under{" "}
          <Link to="/workers">Workers</Link>.
        </span>
      </div>
    );
  }
  return null;
}
