// Unsent words, kept on this device until the server has them, under their owner's id, so that the next person on a
// shared computer never meets them. For this tab only; on what somebody called their own device, for seven days.
const SEVEN_DAYS = 7 * 24 * 3600 * 1000;
const isOurs = (key) => key.startsWith("words:");

export class DeviceStore {
  constructor(owner, place, isOwnDevice = false) {
    this.prefix = `words:${owner}:${place}:`;
    this.storage = isOwnDevice ? localStorage : sessionStorage;
    forgetOld();
  }

  keep(prompt, words) {
    try {
      this.storage.setItem(this.prefix + prompt, JSON.stringify({ words, until: Date.now() + SEVEN_DAYS }));
    } catch {
      // Storage is full or switched off: the words are still in the field.
    }
  }

  read(prompt) {
    return entry(this.storage, this.prefix + prompt)?.words ?? null;
  }

  clear(prompt) {
    this.storage.removeItem(this.prefix + prompt);
  }
}

function entry(storage, key) {
  try {
    return JSON.parse(storage.getItem(key));
  } catch {
    return null;
  }
}

function forgetOld() {
  Object.keys(localStorage)
    .filter((key) => isOurs(key) && !(entry(localStorage, key)?.until > Date.now()))
    .forEach((key) => localStorage.removeItem(key));
}

// Signing out leaves nothing behind on the device.
export function clearDevice() {
  for (const storage of [sessionStorage, localStorage]) {
    Object.keys(storage)
      .filter(isOurs)
      .forEach((key) => storage.removeItem(key));
  }
}
