// Page in the making.
import type { ReactNode } from "react";
import { Loading } from "../../shared/state-views.tsx";

export function CapturePage(): ReactNode {
  return <Loading />;
}
