import { createContext } from "react";

/** True around tables with little room, which open without the list of columns beside them. */
export const NarrowTables = createContext(false);
