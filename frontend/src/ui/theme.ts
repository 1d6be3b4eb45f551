import {
  Button,
  Input,
  createTheme,
  type CSSVariablesResolver,
  type MantineColorsTuple,
} from "@mantine/core";

/** The one accent. Shade 6 on white and white on shade 6 are 5.6:1. */
const accent: MantineColorsTuple = [
  "#eff4fe", "#dde7fc", "#bacef8", "#92b0f3", "#7098ee", "#4f78e3", "#365fd6", "#2c4fba", "#243f95", "#1b2f6f",
]; // prettier-ignore

/** White on shade 6 is 5.7:1; shades 3 and 4 are text on dark. */
const red: MantineColorsTuple = [
  "#fdeeee", "#fad9d9", "#f4b4b4", "#ff9c93", "#ff8a80", "#dc4a44", "#c02b2b", "#a52323", "#8a1d1d", "#6d1616",
]; // prettier-ignore

/** Cool grays for text and lines on light. */
const gray: MantineColorsTuple = [
  "#f7f8fa", "#f0f2f5", "#e6e9ee", "#d8dce3", "#c3c9d3", "#9aa3b1", "#6b7585", "#4d5665", "#343b47", "#1c222b",
]; // prettier-ignore

/** The same grays turned round: 0 is text, 7 the page, 9 the deepest well. */
const dark: MantineColorsTuple = [
  "#dfe3ea", "#b9c0cb", "#98a1af", "#6b7585", "#3a424f", "#2c333e", "#232932", "#181d24", "#13171d", "#0e1116",
]; // prettier-ignore

/** The head of a dialog is a `header` outside of everything, which would be a second banner of the page. */
const NO_BANNER = { header: { role: "presentation" } };

export const theme = createTheme({
  primaryColor: "accent",
  primaryShade: { light: 6, dark: 6 },
  autoContrast: true,
  respectReducedMotion: true,
  colors: { accent, gray, dark, red },
  defaultRadius: "md",
  cursorType: "pointer",
  fontFamily: "var(--studio-text-face)",
  fontFamilyMonospace: "var(--studio-mono)",
  // Four sizes: small, body, title, page. Mantine asks for five.
  fontSizes: { xs: "12px", sm: "13px", md: "13px", lg: "16px", xl: "20px" },
  fontWeights: { regular: "400", medium: "600", bold: "600" },
  lineHeights: { xs: "1.4", sm: "1.45", md: "1.5", lg: "1.5", xl: "1.4" },
  spacing: { xs: "8px", sm: "12px", md: "16px", lg: "24px", xl: "32px" },
  radius: { xs: "2px", sm: "4px", md: "6px", lg: "8px", xl: "12px" },
  headings: {
    fontWeight: "600",
    sizes: {
      h1: { fontSize: "20px", lineHeight: "28px" },
      h2: { fontSize: "16px", lineHeight: "24px" },
      h3: { fontSize: "13px", lineHeight: "20px" },
    },
  },
  components: {
    Button: Button.extend({
      defaultProps: { size: "sm" },
      vars: (_theme, props) => ({
        root: props.size === "sm" ? { "--button-height": "32px", "--button-padding-x": "12px" } : {},
      }),
    }),
    Input: Input.extend({
      vars: (_theme, props) => ({
        wrapper: (props.size ?? "sm") === "sm" && !props.multiline ? { "--input-height": "32px" } : {},
      }),
    }),
    // Beside the smallest inputs they would be of 10 px.
    InputWrapper: Input.Wrapper.extend({
      vars: () => ({
        label: {},
        error: {},
        success: {},
        description: { "--input-description-size": "12px" },
      }),
    }),
    // As high as the inputs beside it.
    TagsInput: {
      styles: (_theme: unknown, { size = "sm" }: { size?: string }) =>
        size === "sm" ? { input: { minHeight: 32, paddingBlock: 4 } } : {},
    },
    Tooltip: { defaultProps: { withArrow: false, transitionProps: { duration: 80 } } },
    Modal: {
      styles: { title: { fontWeight: 600 } },
      defaultProps: {
        attributes: NO_BANNER,
        centered: true,
        closeButtonProps: { "aria-label": "Close" },
        transitionProps: { duration: 120 },
      },
    },
    Drawer: {
      styles: { title: { fontWeight: 600 } },
      defaultProps: { attributes: NO_BANNER, closeButtonProps: { "aria-label": "Close" } },
    },
    Notification: { defaultProps: { withBorder: true, closeButtonProps: { "aria-label": "Close" } } },
    // The placeholder that Mantine focuses is no menu item, which screen readers and axe object to.
    Menu: {
      defaultProps: { shadow: "md", withInitialFocusPlaceholder: false, transitionProps: { duration: 80 } },
    },
  },
});

/** Mantine's own dimmed text and placeholders are too pale for WCAG AA. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--mantine-color-dimmed": "#5b6575",
    "--mantine-color-placeholder": "#6b7585",
    "--mantine-color-text": "#1c222b",
    "--mantine-color-default-border": "#d8dce3",
    "--mantine-color-error": "#c02b2b",
    // Red text must be read on it.
    "--mantine-color-red-light-hover": "#fdeeee",
    "--mantine-color-anchor": "#2c55c4",
  },
  dark: {
    "--mantine-color-dimmed": "#98a1af",
    "--mantine-color-placeholder": "#8790a0",
    "--mantine-color-text": "#dfe3ea",
    "--mantine-color-default-border": "#343c48",
    "--mantine-color-error": "#ff8a80",
    "--mantine-color-anchor": "#92b0f3",
    // Text in a color takes the filled shade, which is too dark here.
    "--mantine-color-red-6": "#ff8a80",
    "--mantine-color-red-filled": "#c02b2b",
    "--mantine-color-red-filled-hover": "#a52323",
    "--mantine-color-red-light-color": "#ff8a80",
    "--mantine-color-red-text": "#ff8a80",
    "--mantine-color-accent-light": "#1f2c49",
    "--mantine-color-accent-light-hover": "#283858",
    "--mantine-color-accent-light-color": "#92b0f3",
    "--mantine-color-accent-text": "#92b0f3",
  },
});
