import { Button } from "@mantine/core";
import { IconBug, IconRefresh } from "@tabler/icons-react";
import { isRouteErrorResponse, Link, useRouteError } from "react-router";
import { EmptyState } from "../ui/EmptyState";
import { NotFound } from "../ui/NotFound";
import classes from "./ErrorScreen.module.css";

/** A new build was put on the server while this tab was open: its old files are gone. */
const isOldBuild = (error: unknown): boolean =>
  error instanceof TypeError && /dynamically imported module|module script/i.test(error.message);

export function ErrorScreen() {
  const error = useRouteError();
  if (isRouteErrorResponse(error) && error.status === 404) return <NotFound />;
  const reload = (
    <Button leftSection={<IconRefresh size={16} />} onClick={() => window.location.reload()}>
      Reload the page
    </Button>
  );
  if (isOldBuild(error)) {
    return (
      <EmptyState
        level={1}
        icon={<IconRefresh size={24} stroke={1.5} />}
        title="Reload to go on"
        actions={reload}
      >
        A part of this page could not be fetched. The server was updated or restarted; nothing that was saved
        is lost.
      </EmptyState>
    );
  }
  return (
    <>
      <EmptyState
        level={1}
        icon={<IconBug size={24} stroke={1.5} />}
        title="This screen broke"
        actions={
          <>
            {reload}
            <Button component={Link} to="/" variant="default">
              Go to experiments
            </Button>
          </>
        }
      >
        That is a mistake in Studio, not in your work: everything that was saved is on the server. If it
        happens again, report it with the lines below.
      </EmptyState>
      <pre className={classes.trace}>
        {error instanceof Error ? (error.stack ?? error.message) : String(error)}
      </pre>
    </>
  );
}
