// Loaded before each test file. Node's runner follows every promise from its birth to its end, only to name the test in which an uncaught error began; code that awaits
// a lot runs up to six times slower for it. Here it follows none: an uncaught error still fails its file (`test/light-runner.test.ts`), without the test's name.
import hooks from "node:async_hooks";

const { createHook } = hooks;
hooks.createHook = (callbacks) => createHook(new Error().stack?.includes("node:internal/test_runner") ? {} : callbacks);
