import { IconBug, IconTerminal2 } from "@tabler/icons-react";
import { IconButton } from "../../ui/IconButton";
import { lookAt } from "../window/lookAt";
import { CONSOLE, DEBUGGER } from "./state";

/** The ways from a script to its console and its debugger. */
export function TalkButtons({ node, debugs }: { node: string; debugs: boolean }) {
  return (
    <>
      <IconButton label="Show the console" size={24} onClick={() => lookAt(node, CONSOLE)}>
        <IconTerminal2 size={15} />
      </IconButton>
      {debugs ? (
        <IconButton label="Show the debugger" size={24} onClick={() => lookAt(node, DEBUGGER)}>
          <IconBug size={15} />
        </IconButton>
      ) : null}
    </>
  );
}
