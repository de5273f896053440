// Shown for an address that is no page.
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { phrases, usePhrases } from "../shared/words.ts";

const words = phrases({ title: { zh: "没有这个页面", en: "There is no such page" }, home: { zh: "回到我的工作", en: "Back to my work" } });

export function NotFoundPage(): ReactNode {
  const say = usePhrases(words);
  return (
    <main className="page">
      <h1>{say("title")}</h1>
      <Link to="/">{say("home")}</Link>
    </main>
  );
}
