// Records sound in the page and puts it in the file field beside it, which the form sends like any chosen file. Only
// where the browser makes a kind of sound that the site takes; without script the phone's own recorder does the work.
const KINDS = [
  ["audio/mp4", "m4a"],
  ["audio/ogg", "ogg"],
];

class Recorder {
  constructor(element, [type, ending]) {
    this.element = element;
    this.type = type;
    this.ending = ending;
    this.input = element.querySelector("input[type=file]");
    this.button = make("button", "btn btn--quiet");
    this.button.type = "button";
    this.button.textContent = element.dataset.sayStart;
    this.said = make("p", "small recorder__said");
    this.said.setAttribute("role", "status");
    this.button.addEventListener("click", () => (this.tape ? this.tape.stop() : this.begin()));
    const live = element.querySelector("[data-recorder-live]");
    live.append(this.button, this.said);
    live.hidden = false;
  }

  async begin() {
    try {
      this.stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch {
      this.say("sayRefused");
      return;
    }
    const pieces = [];
    this.tape = new MediaRecorder(this.stream, { mimeType: this.type });
    this.tape.addEventListener("dataavailable", (event) => pieces.push(event.data));
    this.tape.addEventListener("stop", () => this.done(pieces));
    this.tape.start();
    this.button.textContent = this.element.dataset.sayStop;
    this.say("sayRecording");
  }

  done(pieces) {
    this.stream.getTracks().forEach((track) => track.stop());
    this.tape = null;
    const files = new DataTransfer();
    files.items.add(new File(pieces, `opname.${this.ending}`, { type: this.type }));
    this.input.files = files.files;
    this.button.textContent = this.element.dataset.sayStart;
    this.say("sayReady");
  }

  say(name) {
    this.said.textContent = this.element.dataset[name];
  }
}

function make(tag, classes) {
  const element = document.createElement(tag);
  element.className = classes;
  return element;
}

export function start(root) {
  const kind = KINDS.find(([type]) => window.MediaRecorder?.isTypeSupported(type));
  if (!kind || !navigator.mediaDevices) return;
  root.querySelectorAll("[data-recorder]").forEach((element) => new Recorder(element, kind));
}
