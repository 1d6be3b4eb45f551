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

/** Cool greys for text and lines on light. */
const gray: MantineColorsTuple = [
  "#f7f8fa", "#f0f2f5", "#e6e9ee", "#d8dce3", "#c3c9d3", "#9aa3b1", "#6b7585", "#4d5665", "#343b47", "#1c222b",
]; // prettier-ignore

/** The same greys turned round: 0 is text, 7 the page, 9 the deepest well. */
const dark: MantineColorsTuple = [
  "#dfe3ea", "#b9c0cb", "#98a1af", "#6b7585", "#3a424f", "#2c333e", "#232932", "#181d24", "#13171d", "#0e1116",
]; // prettier-ignore

export const theme = createTheme({
  primaryColor: "accent",
  primaryShade: { light: 6, dark: 5 },
  autoContrast: true,
  colors: { accent, gray, dark },
  defaultRadius: "md",
  cursorType: "pointer",
  fontFamily:
    'ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", Cantarell, "DejaVu Sans", sans-serif',
  fontFamilyMonospace:
    'ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace',
  fontSizes: { xs: "12px", sm: "13px", md: "14px", lg: "16px", xl: "20px" },
  lineHeights: { xs: "1.4", sm: "1.45", md: "1.5", lg: "1.5", xl: "1.4" },
  spacing: { xs: "8px", sm: "12px", md: "16px", lg: "24px", xl: "32px" },
  radius: { xs: "2px", sm: "4px", md: "6px", lg: "8px", xl: "12px" },
  headings: {
    fontWeight: "600",
    sizes: {
      h1: { fontSize: "20px", lineHeight: "28px" },
      h2: { fontSize: "16px", lineHeight: "24px" },
      h3: { fontSize: "14px", lineHeight: "20px" },
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
    Tooltip: { defaultProps: { openDelay: 350, withArrow: false, transitionProps: { duration: 80 } } },
    Modal: { defaultProps: { centered: true, transitionProps: { duration: 120 } } },
    Menu: { defaultProps: { shadow: "md", transitionProps: { duration: 80 } } },
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
    "--mantine-color-anchor": "#2c55c4",
  },
  dark: {
    "--mantine-color-dimmed": "#98a1af",
    "--mantine-color-placeholder": "#8790a0",
    "--mantine-color-text": "#dfe3ea",
    "--mantine-color-default-border": "#343c48",
    "--mantine-color-error": "#ff8a80",
    "--mantine-color-anchor": "#92b0f3",
  },
});
