// The search box of the top bar: `/` puts the cursor into it, Enter opens the list of people.
import { Input } from "antd";
import type { InputRef } from "antd";
import { useNavigate } from "@tanstack/react-router";
import { useRef, useState } from "react";
import type { ReactNode } from "react";
import { isTyping } from "../shared/keys.ts";
import { useShortcuts } from "../shared/use-shortcuts.ts";
import { usePhrases } from "../shared/words.ts";
import { layoutWords } from "./layout-words.ts";

export function PersonSearch(): ReactNode {
  const say = usePhrases(layoutWords);
  const navigate = useNavigate();
  const box = useRef<InputRef>(null);
  const [text, setText] = useState("");
  useShortcuts((_, event) => {
    if (event.key !== "/" || event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return false;
    box.current?.focus({ cursor: "all" });
    return true;
  });
  return (
    <div role="search" style={{ width: 340, maxWidth: "30vw" }}>
      <Input
        ref={box}
        name="global-search"
        aria-label={say("search")}
        placeholder={say("searchKey")}
        value={text}
        maxLength={40}
        allowClear
        onChange={(event) => setText(event.target.value)}
        onPressEnter={() => {
          if (text.trim() !== "") void navigate({ to: "/people", search: {}, state: { find: text.trim() } });
        }}
      />
    </div>
  );
}
