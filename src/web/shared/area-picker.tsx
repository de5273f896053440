// Chooses an area: the list shows one level at a time (Enter goes in and takes the area), typing searches by name, pinyin, initials or code.
import { Select } from "antd";
import { useRef, useState } from "react";
import type { ReactNode } from "react";
import type { ReplyOf } from "../../core/route.ts";
import { getArea, listAreas, listAreasOpenly, searchAreas } from "../../modules/areas/contract.ts";
import { type AreaChoice, areaChoices, UP } from "./area-choices.ts";
import { useRoute } from "./data.ts";
import { phrases, usePhrases } from "./words.ts";

export type AreaNode = ReplyOf<typeof listAreas>["areas"][number];

const words = phrases({
  area: { zh: "行政区划", en: "Area" },
  hint: { zh: "选择，或输入名称、拼音、首字母、代码", en: "Choose, or type a name, pinyin, initials or code" },
  up: { zh: "↑ 返回上一级", en: "↑ Back to the level above" },
  none: { zh: "没有找到", en: "Nothing found" },
  loading: { zh: "正在读取…", en: "Loading…" },
  failed: { zh: "读取失败，请重试", en: "Could not be read; try again" },
  inside: { zh: "（含下级 ▸）", en: "(has parts ▸)" },
});

export type AreaPickerProps = {
  readonly value: number | undefined;
  readonly onChange: (code: number | undefined, node: AreaNode | undefined) => void;
  /** Only this area and what lies under it. */
  readonly within?: number;
  /** Coarsest level that may be taken (1 province … 5 village); coarser areas are only passed through. */
  readonly fromLevel?: number;
  /** The lists open to everybody during set-up; there is no search then. */
  readonly openly?: boolean;
  readonly allowClear?: boolean;
  readonly disabled?: boolean;
  readonly id?: string;
  readonly name?: string;
  readonly label?: string;
  readonly describedBy?: string;
  readonly invalid?: boolean;
  readonly style?: React.CSSProperties;
};

export function AreaPicker(props: AreaPickerProps): ReactNode {
  const { value, onChange, within, fromLevel = 1, openly = false } = props;
  const say = usePhrases(words);
  const [open, setOpen] = useState(false);
  const [text, setText] = useState("");
  const [at, setAt] = useState<readonly AreaNode[]>([]);
  const [known, setKnown] = useState<AreaNode>();
  const staysOpen = useRef(false);
  const parent = at.at(-1)?.code ?? within;
  const searching = text.trim() !== "" && !openly;
  const list = useRoute(openly ? listAreasOpenly : listAreas, { query: { parent } }, { enabled: open && !searching, staleTime: 600_000, keep: true });
  const found = useRoute(searchAreas, { query: { q: text.trim().slice(0, 40), within } }, { enabled: open && searching, staleTime: 60_000, keep: true });
  const top = useRoute(getArea, { params: { code: within ?? 0 } }, { enabled: open && within !== undefined && !openly, staleTime: 600_000 });
  const own = useRoute(getArea, { params: { code: value ?? 0 } }, { enabled: value !== undefined && known?.code !== value && !openly, staleTime: 600_000 });
  const shown = searching ? found : list;
  const rows = openly && text.trim() !== "" ? (list.data?.areas ?? []).filter((node) => node.name.includes(text.trim())) : (shown.data?.areas ?? []);
  const choices = areaChoices({ rows, searching: text.trim() !== "", at, top: at.length === 0 && !searching ? top.data?.area : undefined });
  const valueLabel = value === undefined ? "" : known?.code === value ? known.fullName : (own.data?.area.fullName ?? String(value));
  const pick = (choice: AreaChoice): void => {
    setText("");
    if (choice.kind === "up") {
      setAt(at.slice(0, -1));
      staysOpen.current = true;
      return;
    }
    const { node } = choice;
    if (node.level >= fromLevel) {
      setKnown(node);
      onChange(node.code, node);
    }
    if (node.hasChildren && node.code !== within) {
      setAt(searching ? [node] : [...at, node]);
      staysOpen.current = true;
    }
  };
  return (
    <Select
      {...(props.id ? { id: props.id } : {})}
      aria-label={props.label ?? say("area")}
      aria-describedby={props.describedBy}
      aria-invalid={props.invalid}
      data-area-picker={props.name ?? "area"}
      style={{ minWidth: 280, ...props.style }}
      status={props.invalid ? "error" : ""}
      disabled={props.disabled ?? false}
      allowClear={props.allowClear ?? false}
      placeholder={say("hint")}
      showSearch={{ filterOption: false, searchValue: text, onSearch: setText, autoClearSearchValue: true }}
      open={open}
      defaultActiveFirstOption
      onOpenChange={(next) => {
        if (!next && staysOpen.current) {
          staysOpen.current = false;
          return;
        }
        setOpen(next);
        if (!next) setText("");
      }}
      labelInValue
      value={value === undefined ? null : { value: String(value), label: valueLabel }}
      onSelect={(_, option) => {
        const choice = choices.find((c) => c.key === option.value);
        if (choice) pick(choice);
      }}
      onClear={() => {
        setAt([]);
        onChange(undefined, undefined);
      }}
      notFoundContent={say(shown.isFetching ? "loading" : shown.isError ? "failed" : "none")}
      options={choices.map((choice) => ({
        value: choice.key,
        label: choice.kind === "up" ? say("up") : `${searching ? choice.node.fullName : choice.node.name}${choice.node.hasChildren && choice.key !== UP && choice.node.code !== within ? ` ${say("inside")}` : ""}`,
      }))}
    />
  );
}

/** Name of an area by its code, read once; the code itself until it is known. */
export function AreaName({ code }: { readonly code: number }): ReactNode {
  const query = useRoute(getArea, { params: { code } }, { staleTime: 600_000 });
  return <>{query.data?.area.fullName ?? code}</>;
}
