// What the bundler knows and the type checker does not: style sheets, and the locale files of antd, whose types are written for CommonJS.
declare module "*.css";
declare module "antd/es/locale/zh_CN" {
  const locale: NonNullable<import("antd").ConfigProviderProps["locale"]>;
  export default locale;
}
declare module "antd/es/locale/en_US" {
  const locale: NonNullable<import("antd").ConfigProviderProps["locale"]>;
  export default locale;
}
