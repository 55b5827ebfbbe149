// Unsent words, kept on this device until the server has them: for this tab only, under their owner's id, so that
// the next person on a shared computer never meets them.
export class DeviceStore {
  constructor(owner, place) {
    this.prefix = `words:${owner}:${place}:`;
  }

  keep(prompt, words) {
    try {
      sessionStorage.setItem(this.prefix + prompt, JSON.stringify(words));
    } catch {
      // Storage is full or switched off: the words are still in the field.
    }
  }

  read(prompt) {
    try {
      return JSON.parse(sessionStorage.getItem(this.prefix + prompt));
    } catch {
      return null;
    }
  }

  clear(prompt) {
    sessionStorage.removeItem(this.prefix + prompt);
  }
}

// Signing out leaves nothing behind on the device.
export function clearDevice() {
  Object.keys(sessionStorage)
    .filter((key) => key.startsWith("words:"))
    .forEach((key) => sessionStorage.removeItem(key));
}
