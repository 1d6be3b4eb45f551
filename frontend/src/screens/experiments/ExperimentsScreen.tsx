import { Loading } from "../../ui/Loading";

export function ExperimentsScreen() {
  return <Loading />;
}
