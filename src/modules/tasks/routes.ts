// Binds the progress of long work.
import { bind, type Binding } from "../../platform/http.ts";
import { cancelTask, getTask } from "./contract.ts";
import { askToCancel, taskState } from "./service.ts";

export const routes = (): Binding[] => [bind(getTask, (tx, { params }) => taskState(tx, params.id)), bind(cancelTask, (tx, { params }) => askToCancel(tx, params.id))];
