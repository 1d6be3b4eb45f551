// Runs before the first paint, so that a dark page never flashes white. The key is Mantine's own.
(function () {
  var kept = null;
  try {
    kept = window.localStorage.getItem("mantine-color-scheme-value");
  } catch (refused) {
    kept = null;
  }
  var dark = window.matchMedia("(prefers-color-scheme: dark)").matches;
  var scheme = kept === "light" || kept === "dark" ? kept : dark ? "dark" : "light";
  document.documentElement.setAttribute("data-mantine-color-scheme", scheme);
})();
