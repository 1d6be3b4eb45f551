import { Loading } from "../../ui/Loading";

export function DatasetsScreen() {
  return <Loading />;
}
