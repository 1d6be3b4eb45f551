import { ModalsProvider } from "@mantine/modals";
import { Notifications } from "@mantine/notifications";
import { useQuery } from "@tanstack/react-query";
import { Outlet } from "react-router";
import { statusQuery } from "../api/status";
import { SignInAgain } from "../screens/SignInAgain";
import { SignInScreen } from "../screens/SignInScreen";
import { DropAnywhere } from "../library/uploads/DropAnywhere";
import { UploadTray } from "../library/uploads/UploadTray";
import { Loading } from "../ui/Loading";
import { ConnectionBanner } from "./ConnectionBanner";
import { SandboxBanner } from "./SandboxBanner";
import { useSession } from "../api/session";
import classes from "./Shell.module.css";
import { TopBar } from "./TopBar";

/** What every page has: the bar, the banners that matter, and the screen. */
export function Shell() {
  const signedIn = useSession((session) => session.in);
  const left = useSession((session) => session.left);
  const status = useQuery({ ...statusQuery(), enabled: signedIn });
  // A session that lapsed under an open page is asked for over it: what was being done there stays.
  const lapsed = !signedIn && !left && status.data !== undefined;
  if (!signedIn && !lapsed) return <SignInScreen />;
  // Ask who we are first: a page that flashes up and then asks to sign in is worse than 50 ms of nothing.
  if (status.isPending && status.failureCount === 0) return <Loading label="Connecting to Studio…" />;
  return (
    <ModalsProvider labels={{ confirm: "OK", cancel: "Cancel" }}>
      <div className={classes.shell}>
        <a href="#content" className={classes.skip}>
          Skip to content
        </a>
        <TopBar status={status.data} />
        <SandboxBanner status={status.data} />
        <ConnectionBanner />
        <main id="content" className={classes.content} tabIndex={-1}>
          <Outlet />
        </main>
      </div>
      <UploadTray />
      <DropAnywhere />
      {lapsed ? <SignInAgain /> : null}
      <Notifications position="bottom-left" limit={4} />
    </ModalsProvider>
  );
}
