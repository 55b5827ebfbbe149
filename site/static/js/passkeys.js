// Signing in with a passkey, and adding one. A form with data-passkey is hidden until this shows it: without script,
// or in a browser without passkeys, the other ways stand beside it.
//   create  adds a passkey (what the server asks stands in data-asked)
//   get     proves it is you (as above)
//   login   signs in (options are fetched when the button is pressed)

const toBytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
const toText = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

const withBytes = (credentials = []) => credentials.map((one) => ({ ...one, id: toBytes(one.id) }));

function creationOptions({ publicKey }) {
  const selection = { ...publicKey.authenticatorSelection, residentKey: "required", requireResidentKey: true };
  return {
    ...publicKey,
    challenge: toBytes(publicKey.challenge),
    user: { ...publicKey.user, id: toBytes(publicKey.user.id) },
    excludeCredentials: withBytes(publicKey.excludeCredentials),
    authenticatorSelection: { ...selection, userVerification: "required" },
  };
}

function requestOptions({ publicKey }) {
  return {
    ...publicKey,
    challenge: toBytes(publicKey.challenge),
    allowCredentials: withBytes(publicKey.allowCredentials),
  };
}

function asJson(credential) {
  const { response } = credential;
  const bytes = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  return JSON.stringify({
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: Object.fromEntries(bytes.filter((name) => response[name]).map((name) => [name, toText(response[name])])),
  });
}

async function optionsOf(form) {
  if (form.dataset.asked) return JSON.parse(form.dataset.asked);
  const answer = await fetch(form.dataset.options, { headers: { Accept: "application/json" } });
  return answer.json();
}

async function ask(form) {
  const options = await optionsOf(form);
  return form.dataset.passkey === "create"
    ? navigator.credentials.create({ publicKey: creationOptions(options.creation_options) })
    : navigator.credentials.get({ publicKey: requestOptions(options.request_options) });
}

function begin(form) {
  const says = form.querySelector("[data-passkey-says]");
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    says.textContent = "";
    try {
      form.elements.credential.value = asJson(await ask(form));
      form.submit();
    } catch {
      says.textContent = form.dataset.failed; // stopped by the person, or refused by the device
    }
  });
}

if (window.PublicKeyCredential) document.querySelectorAll("form[data-passkey]").forEach(begin);
