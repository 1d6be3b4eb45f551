import { Loading } from "../ui/Loading";

export function EditorScreen() {
  return <Loading label="Opening the editor…" />;
}
