import {
  IconAbc,
  IconBinary,
  IconCalendar,
  IconDecimal,
  IconHourglass,
  IconNumber123,
  IconTags,
  IconToggleLeft,
  type Icon,
} from "@tabler/icons-react";
import type { ColumnType } from "../../api/types";

const LOOKS: Record<ColumnType, { word: string; Icon: Icon }> = {
  integer: { word: "integer", Icon: IconNumber123 },
  float: { word: "decimal number", Icon: IconDecimal },
  string: { word: "text", Icon: IconAbc },
  boolean: { word: "true or false", Icon: IconToggleLeft },
  datetime: { word: "date and time", Icon: IconCalendar },
  timedelta: { word: "duration", Icon: IconHourglass },
  categorical: { word: "category", Icon: IconTags },
  binary: { word: "bytes", Icon: IconBinary },
};

export const typeWord = (type: ColumnType): string => LOOKS[type]?.word ?? type;

/** What a column holds, as a small sign. The word is beside it or in its title. */
export function TypeMark({ type, size = 16 }: { type: ColumnType; size?: number }) {
  const Mark = LOOKS[type]?.Icon ?? IconAbc;
  return (
    <span title={typeWord(type)} style={{ display: "inline-flex", flex: "none" }}>
      <Mark size={size} stroke={1.75} aria-hidden />
    </span>
  );
}
