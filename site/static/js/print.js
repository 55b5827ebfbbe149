// A button that prints the page. Without script the browser's own menu does it, so the button only shows here.
export function start(root) {
  for (const button of root.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}
