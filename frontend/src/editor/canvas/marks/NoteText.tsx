import type { ReactNode } from "react";
import Markdown, { type Components } from "react-markdown";
import remarkGfm from "remark-gfm";
import classes from "./NoteText.module.css";

const PLUGINS = [remarkGfm];

/** A heading of a note is none of the page's: it would stand in its outline at any level. */
const heading =
  (level: number) =>
  ({ children }: { children?: ReactNode }) => (
    <p className={classes.heading} data-level={level}>
      {children}
    </p>
  );

const COMPONENTS: Components = {
  h1: heading(1),
  h2: heading(2),
  h3: heading(3),
  h4: heading(3),
  h5: heading(3),
  h6: heading(3),
  // A click on it follows it, and neither drags nor selects the note.
  a: ({ href, children }) => (
    <a href={href} target="_blank" rel="noopener noreferrer" className="nodrag nopan">
      {children}
    </a>
  ),
  // A picture from elsewhere would tell its server who looks at the note.
  img: ({ alt, src }) => <span className={classes.picture}>{alt || String(src ?? "picture")}</span>,
  input: ({ checked }) => (
    <input type="checkbox" checked={checked ?? false} disabled aria-label={checked ? "done" : "to do"} />
  ),
};

/** A note as Markdown: no HTML, no pictures; links open apart. */
export function NoteText({ text }: { text: string }) {
  return (
    <div className={`${classes.note ?? ""} nowheel`}>
      <Markdown remarkPlugins={PLUGINS} components={COMPONENTS}>
        {text}
      </Markdown>
    </div>
  );
}
