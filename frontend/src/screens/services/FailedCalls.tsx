import type { FailedCall } from "../../api/serviceCalls";
import { CopyButton } from "../../ui/CopyButton";
import { When } from "../../ui/When";
import classes from "./CallsTab.module.css";
import { milliseconds } from "./milliseconds";

/** The newest errors: what was answered, what the scripts printed, and the number that the caller got. */
export function FailedCalls({ calls }: { calls: readonly FailedCall[] }) {
  if (calls.length === 0) return null;
  return (
    <section aria-label="Errors">
      <h2 className={classes.heading}>Errors</h2>
      <ul className={classes.failed}>
        {calls.map((call) => (
          <li key={call.request}>
            <details>
              <summary>
                <span className={classes.status}>{call.status}</span>
                <span className={classes.message}>{call.message || call.code}</span>
                <span className={classes.when}>
                  <When at={call.at} />
                </span>
              </summary>
              <p>{call.message}</p>
              <p className={classes.facts}>
                {call.code}, version {call.version}, after {milliseconds(call.milliseconds)}. Request{" "}
                <code>{call.request}</code>
                <CopyButton text={call.request} label="Copy the request's number" />
              </p>
              {call.log ? <pre className={classes.log}>{call.log}</pre> : null}
            </details>
          </li>
        ))}
      </ul>
    </section>
  );
}
