// Entry of the office web app.
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { App as AntApp, ConfigProvider } from "antd";
import enUS from "antd/es/locale/en_US";
import zhCN from "antd/es/locale/zh_CN";
import { StrictMode } from "react";
import type { ReactNode } from "react";
import { createRoot } from "react-dom/client";
import "dayjs/locale/zh-cn";
import { whenSignedOut } from "../shared/connection.ts";
import { queryClient } from "../shared/data.ts";
import { messageSeconds, theme } from "../shared/theme.ts";
import { setLang, currentLang, useLang } from "../shared/words.ts";
import { router } from "./router.tsx";
import "virtual:antd-styles.css";
import "../shared/style.css";

whenSignedOut(() => {
  const { pathname, href } = router.state.location;
  if (pathname === "/login" || pathname === "/set-up" || pathname === "/activate") return;
  queryClient.clear();
  void router.navigate({ to: "/login", search: { next: href } });
});

function Office(): ReactNode {
  const lang = useLang();
  return (
    <ConfigProvider locale={lang === "zh" ? zhCN : enUS} theme={theme} button={{ autoInsertSpace: false }}>
      <AntApp message={{ duration: messageSeconds, maxCount: 3 }} style={{ height: "100%" }}>
        <RouterProvider router={router} />
      </AntApp>
    </ConfigProvider>
  );
}

// A page opened before an upgrade asks for parts that are gone: it is loaded anew, at most once in ten seconds.
window.addEventListener("vite:preloadError", (event) => {
  if (Date.now() - Number(sessionStorage.getItem("qingce.reloaded") ?? 0) < 10_000) return;
  event.preventDefault();
  sessionStorage.setItem("qingce.reloaded", String(Date.now()));
  window.location.reload();
});

setLang(currentLang());
const place = document.getElementById("app");
if (place) {
  createRoot(place).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <Office />
      </QueryClientProvider>
    </StrictMode>,
  );
}
