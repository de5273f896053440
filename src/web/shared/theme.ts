// Colours and sizes: large text, strong contrast (WCAG AA on white), system fonts only, no motion that delays a slow machine.
import type { ThemeConfig } from "antd";

export const fonts = '"Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", "Noto Sans SC", sans-serif';

export const theme: ThemeConfig = {
  // One version of antd on a page: its rules need no marks of their own.
  hashed: false,
  token: {
    fontFamily: fonts,
    fontSize: 16,
    controlHeight: 38,
    borderRadius: 4,
    colorPrimary: "#0b5cad",
    colorLink: "#0b5cad",
    colorSuccess: "#1f7a35",
    colorWarning: "#8a5a00",
    colorError: "#b42318",
    colorWarningBg: "#fff8e1",
    colorWarningBorder: "#d9a400",
    colorSuccessBg: "#edf8f0",
    colorSuccessBorder: "#5fa874",
    colorErrorBg: "#fff1ef",
    colorErrorBorder: "#d9756b",
    colorInfoBg: "#eef5fd",
    colorInfoBorder: "#7fb0e3",
    colorText: "#1a1f26",
    colorTextSecondary: "#4a5563",
    colorTextDescription: "#4a5563",
    colorTextTertiary: "#4a5563",
    colorTextPlaceholder: "#687280",
    colorTextDisabled: "#687280",
    colorBorder: "#8b95a1",
    motion: false,
  },
  components: {
    Layout: { headerBg: "#0b3d6e", headerColor: "#ffffff", siderBg: "#ffffff", bodyBg: "#f3f5f8", headerPadding: "0 16px", headerHeight: 56 },
    Menu: { itemHeight: 42, itemSelectedBg: "#e3eefa", itemSelectedColor: "#0b3d6e" },
    Table: { headerBg: "#e9eef4", cellPaddingBlock: 10 },
    Tag: { fontSizeSM: 14 },
  },
};

/** The terminal's: large type and targets of at least 44 pixels, for old machines, older eyes, fingers. */
export const terminalTheme: ThemeConfig = { ...theme, token: { ...theme.token, fontSize: 18, controlHeight: 44, controlHeightLG: 54, controlHeightSM: 44, fontSizeLG: 20, fontSizeSM: 18 } };

/** How long a passing message stays, in seconds: long enough to be read by somebody who was looking elsewhere. */
export const messageSeconds = 7;
