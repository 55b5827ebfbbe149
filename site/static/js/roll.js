// Who was there: a tap is saved by itself and its mark stands at the name. Without internet it says so there, and the
// same tap can be made again. Without script the buttons send the page.
const PATIENCE = 10000; // ms

function bodyOf(form, button) {
  const body = new FormData(form);
  body.set(button.name, button.value);
  return body;
}

function sayAt(item, words, className = "") {
  const said = document.createElement("strong");
  said.className = className;
  said.textContent = words;
  item.querySelector("[data-roll-state]").replaceChildren(said);
}

// What the server refuses is shown by the page itself, with the sentence on top: sent once more it is refused as well.
function leaveToPage(form, button) {
  form.dataset.plain = "";
  form.requestSubmit(button);
}

function replaceSum(roll, page) {
  const fresh = page.querySelector("[data-roll-sum]");
  if (fresh) roll.querySelector("[data-roll-sum]")?.replaceWith(fresh);
}

async function save(roll, form, button) {
  const item = form.closest("[data-roll-item]");
  if ("sending" in item.dataset) return;
  item.dataset.sending = "";
  sayAt(item, roll.dataset.saving);
  try {
    const answer = await fetch(form.action, { method: "POST", body: bodyOf(form, button), signal: AbortSignal.timeout(PATIENCE) });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById(item.id);
    if (!answer.ok || !fresh) return leaveToPage(form, button);
    item.replaceWith(fresh);
    replaceSum(roll, page);
    fresh.querySelector("summary").focus();
    roll.querySelector("[data-roll-said]").textContent = fresh.querySelector("summary").innerText;
  } catch {
    delete item.dataset.sending;
    sayAt(item, roll.dataset.failed, "roll__failed");
    roll.querySelector("[data-roll-said]").textContent = roll.dataset.failedHelp;
  }
}

export function start(root) {
  const roll = root.querySelector("[data-roll]");
  roll?.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-roll-form]") || "plain" in form.dataset || !event.submitter) return;
    event.preventDefault();
    save(roll, form, event.submitter);
  });
}
