// Keeps the words of a form that is sent once: on this device while somebody types, until the server has them. Without
// script the server keeps what a form brings, also when the session had ended.
import { DeviceStore } from "./device-store.js";

class Words {
  constructor(form) {
    this.form = form;
    this.field = form.querySelector("textarea");
    this.said = form.querySelector("[data-said]");
    this.store = new DeviceStore(form.dataset.owner, form.dataset.keepWords);
    this.restore();
    this.field.addEventListener("input", () => this.keep(false));
    form.addEventListener("submit", (event) => this.onSubmit(event));
  }

  keep(isSent) {
    this.store.keep("words", { text: this.field.value, isSent });
  }

  // What was sent has arrived when the form comes back empty; a form that comes back with words knows them better, and
  // these have not been sent.
  restore() {
    if ("answered" in this.form.dataset && this.field.value) this.keep(false);
    const kept = this.store.read("words");
    if (!kept || "answered" in this.form.dataset || this.field.value) return;
    if (kept.isSent) this.store.clear("words");
    else this.field.value = kept.text;
  }

  onSubmit(event) {
    if (navigator.onLine) return this.keep(true);
    event.preventDefault(); // the browser would show its own error page instead of the words
    this.keep(false);
    this.said.textContent = this.form.dataset.offline;
  }
}

export function start(root) {
  for (const form of root.querySelectorAll("form[data-keep-words]")) new Words(form);
}
