// The styles of antd's components as one stylesheet, made when the pages are built: a page does not make them each time it is loaded, which costs an old machine
// a third of the script's time. The sheet names what it holds; a component that is not in it makes its own styles as before.
import { createRequire } from "node:module";
import type * as Antd from "antd";
import type * as CssInJs from "@ant-design/cssinjs";
import type * as React from "react";
import type * as Server from "react-dom/server";
import type { Plugin } from "vite";

/** What a page's entry imports. */
const ID = "virtual:antd-styles.css";

// The packages' CommonJS halves: the others are written for bundlers.
const load = createRequire(import.meta.url);
const antd = load("antd") as typeof Antd;
const { createCache, extractStyle, StyleProvider } = load("@ant-design/cssinjs") as typeof CssInJs;
const { createElement: make } = load("react") as typeof React;
const { renderToString } = load("react-dom/server") as typeof Server;

/** One of each component that pages use; what it looks like is not asked, only which styles it calls for. */
function oneOfEach(): React.ReactNode {
  const { Alert, App, AutoComplete, Breadcrumb, Button, Checkbox, Descriptions, Dropdown, Empty, Form, Input, InputNumber, Layout, Menu, Modal, Pagination, Popconfirm, Popover, Progress, Radio, Segmented, Select, Space, Spin, Steps, Table, Tabs, Tag, Tooltip, Typography } = antd;
  const { _InternalPanelDoNotUseOrYouWillBeFired: OpenModal } = Modal;
  const simple = [Alert, AutoComplete, Breadcrumb, Button, Checkbox, Descriptions, Empty, Form, Input, Input.Password, Input.Search, Input.TextArea, InputNumber, Layout, Layout.Header, Layout.Sider, Menu, OpenModal, Pagination, Progress, Radio, Radio.Button, Select, Space, Spin, Steps, Table, Tabs, Tag, Typography.Text] as React.ComponentType[];
  return make(
    App,
    null,
    ...simple.map((each, key) => make(each, { key })),
    make(Form.Item, { key: "item", label: "a", name: "a" }, make(Input)),
    make(Segmented, { key: "segmented", options: ["a"] }),
    ...[make(Dropdown, { key: "dropdown", menu: { items: [] } }, make("a")), make(Tooltip, { key: "tooltip", title: "a" }, make("a")), make(Popover, { key: "popover", title: "a" }, make("a")), make(Popconfirm, { key: "popconfirm", title: "a" }, make("a"))],
  );
}

/** The stylesheet of a theme. */
export function stylesOf(theme: Antd.ThemeConfig): string {
  const cache = createCache();
  renderToString(make(StyleProvider, { cache }, make(antd.ConfigProvider, { theme }, oneOfEach())));
  return extractStyle(cache, { plain: true, types: "style" });
}

/** Serves the stylesheet to the page that imports it. */
export const antdStyles = (theme: Antd.ThemeConfig): Plugin => ({
  name: "antd-styles",
  resolveId: (id) => (id === ID ? `\0${ID}` : null),
  load: (id) => (id === `\0${ID}` ? stylesOf(theme) : null),
});
