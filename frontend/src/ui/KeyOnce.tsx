import { CopyButton } from "./CopyButton";
import classes from "./KeyOnce.module.css";

/** A key, the one time that it is shown. */
export function KeyOnce({ secret }: { secret: string }) {
  return (
    <div>
      <p className={classes.note}>
        Copy the key now: it is shown this once, and Studio cannot show it again.
      </p>
      <div className={classes.secret}>
        <code aria-label="The key">{secret}</code>
        <CopyButton text={secret} label="Copy the key" />
      </div>
    </div>
  );
}
