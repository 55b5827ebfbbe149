// Moves the focus to the summary of what to mend, so that it is read aloud first.
export function start(root) {
  root.querySelector("[data-focus]")?.focus();
}
