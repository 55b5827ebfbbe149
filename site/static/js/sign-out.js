// Signing out leaves nothing of what was typed on the device.
import { clearDevice } from "./device-store.js";

export function start(root) {
  root.querySelector("form[data-sign-out]")?.addEventListener("submit", clearDevice);
}
