// Keeps what somebody types: as a draft on the server a moment after they stop, on this device while there is no
// internet, and then to the server once. The save button does the same work without script.
import { DeviceStore } from "./device-store.js";

const QUIET = 1200; // ms without typing before a draft is sent
const RETRY = 15000; // ms between tries while the server can't be reached
const HIDDEN = ["based_on", "edit_no", "writer"];

class Prompt {
  constructor(element, form) {
    this.element = element;
    this.form = form;
    this.id = element.dataset.prompt;
    this.prefix = `p-${this.id}-`;
    this.said = element.querySelector("[data-saved]");
    this.store = new DeviceStore(form.dataset.owner, form.dataset.autosave, "ownDevice" in form.dataset);
    this.waiting = null; // the timer of the next try
    this.sending = null; // the AbortController of the try under way
    this.changed = false; // typed since the last try began
    element.addEventListener("input", () => this.onInput());
    this.restore();
  }

  fields() {
    return [...this.element.querySelectorAll("textarea, input:not([type=hidden])")].filter((field) => field.name.startsWith(this.prefix));
  }

  hidden(name) {
    return this.form.elements[this.prefix + name];
  }

  words() {
    const words = {};
    for (const field of this.fields()) {
      if (field.type !== "radio" || field.checked) words[field.name] = field.value;
    }
    return words;
  }

  numbers() {
    return Object.fromEntries(HIDDEN.map((name) => [name, this.hidden(name).value]));
  }

  keepOnDevice(submitted = false) {
    this.store.keep(this.id, { words: this.words(), numbers: this.numbers(), submitted });
  }

  // Words that never reached the server before the page was closed or reloaded come back into their fields. Where the
  // server has moved on since, they go to it with their old number: it keeps them beside the newer ones.
  restore() {
    const kept = this.store.read(this.id);
    if (!kept || JSON.stringify(kept.words) === JSON.stringify(this.words())) return this.store.clear(this.id);
    if (kept.numbers.based_on === this.hidden("based_on").value) {
      this.fill(kept.words);
      this.onInput();
    } else if (kept.submitted) {
      this.store.clear(this.id);
    } else {
      this.post(kept.words, kept.numbers).then(() => this.store.clear(this.id), () => {});
    }
  }

  fill(words) {
    for (const field of this.fields()) {
      if (field.type === "radio") field.checked = words[field.name] === field.value;
      else if (field.name in words) field.value = words[field.name];
    }
  }

  onInput() {
    this.changed = true;
    this.keepOnDevice();
    this.say(this.form.dataset.typing);
    this.sendAfter(QUIET);
  }

  sendAfter(delay) {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.send(), delay);
  }

  async send() {
    if (this.sending || !this.changed) return;
    this.changed = false;
    this.sending = new AbortController();
    try {
      const response = await this.post(this.words(), this.numbers(), this.sending.signal);
      this.onAnswer(response, await response.json().catch(() => ({})));
    } catch (error) {
      if (error.name !== "AbortError") this.onOffline();
    } finally {
      this.sending = null;
      if (this.changed) this.sendAfter(QUIET);
    }
  }

  post(words, numbers, signal) {
    const data = new FormData();
    data.set("csrfmiddlewaretoken", this.form.elements.csrfmiddlewaretoken.value);
    data.set("prompt", this.id);
    for (const [name, value] of Object.entries(words)) data.set(name, value);
    for (const name of HIDDEN) data.set(this.prefix + name, numbers[name]);
    return fetch(this.form.dataset.autosave, { method: "POST", body: data, signal, headers: { Accept: "application/json" } });
  }

  onAnswer(response, answer) {
    if (response.ok) {
      // What comes after this has to have a higher number, or the server takes it for a late repeat.
      this.hidden("edit_no").value = Number(answer.edit_no) + 1;
      this.hidden("based_on").value = answer.edit_no;
      if (!this.changed) this.store.clear(this.id);
      this.say(this.wasOffline ? this.form.dataset.resent : answer.message);
      this.wasOffline = false;
    } else if (response.status >= 500) {
      this.onOffline();
    } else {
      this.say(answer.message || this.form.dataset.offline);
    }
  }

  onOffline() {
    this.wasOffline = true;
    this.changed = true;
    this.say(this.form.dataset.offline);
    this.sendAfter(RETRY);
  }

  say(message) {
    if (this.said && this.said.textContent !== message) this.said.textContent = message;
  }

  // The form itself carries everything now: a draft that is still under way would come after it, with older words.
  stop(pressed) {
    clearTimeout(this.waiting);
    this.sending?.abort();
    const putAway = [`erase:${this.id}`, `skip:${this.id}`, `seen:${this.id}`].includes(pressed);
    if (putAway) this.store.clear(this.id);
    else if (this.store.read(this.id)) this.keepOnDevice(true);
  }
}

export function start(root) {
  for (const form of root.querySelectorAll("form[data-autosave]")) {
    const prompts = [...form.querySelectorAll("[data-prompt]")].map((element) => new Prompt(element, form));
    form.addEventListener("submit", (event) => {
      if (!navigator.onLine) {
        // Without internet the browser would show its own error page instead of the words.
        event.preventDefault();
        prompts.filter((prompt) => prompt.changed).forEach((prompt) => prompt.onOffline());
        prompts[0]?.say(form.dataset.offline);
        return;
      }
      prompts.forEach((prompt) => prompt.stop(event.submitter?.value));
    });
    addEventListener("online", () => prompts.forEach((prompt) => prompt.changed && prompt.sendAfter(0)));
  }
}
