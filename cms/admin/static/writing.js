// What writing gains when scripts run: shortcuts, text that is kept while it is typed, names that are offered.
const form = document.getElementById("writing");
const body = document.getElementById("body");
const says = form.dataset;
const status = document.getElementById("keeping");
const key = () => `unsaved:${says.owner}:${form.elements.key.value}`; // in this browser's store
const KEEP_AFTER = 4000; // milliseconds without typing
const KEEP_AT_LATEST = 15000; // while somebody types on and on
const HERE_EVERY = 1000; // in this browser
const ASIDE = ":aside";
const [FIRST_PAUSE, LONGEST_PAUSE] = [12_000, 300_000]; // milliseconds after the site has not kept it
const NEVER_ALONE = { tooLong: 0, gone: Infinity }; // not tried again by itself: only when it is typed on, or never
const REASONS = { 0: "signedOut", 400: "signedOut", 401: "signedOut", 403: "gone", 404: "gone", 413: "tooLong" }; // 0: sent on to sign in
const OWN = new Set(["csrf_token", "form_key", "key", "version", "then", "caret", "offered", "recovered"]); // fields that nobody types

// Shortcuts: those of the toolbar's buttons, and Ctrl+S and Ctrl+Shift+P for the form.
const isMac = navigator.platform.startsWith("Mac");

function pressed(event) {
  if (!(isMac ? event.metaKey : event.ctrlKey)) return "";
  const digit = /^Digit(\d)$/.exec(event.code);
  const letter = digit ? digit[1] : event.code === "Period" ? "." : event.key.toLowerCase();
  return `${event.altKey ? "Alt+" : ""}${event.shiftKey ? "Shift+" : ""}${letter}`;
}

function click(event, button) {
  event.preventDefault();
  button.click();
}

form.addEventListener("keydown", (event) => {
  const keys = pressed(event);
  if (keys === "s") return click(event, form.querySelector('[name="then"][value=""]'));
  if (keys === "Shift+p") return click(event, document.querySelector("#live summary"));
  const button = keys && event.target === body && form.querySelector(`[data-key="${CSS.escape(keys)}"]`);
  if (button) click(event, button);
});

// Pictures are sent as they are dropped, pasted or chosen; a form that puts something in says where the caret is.
let wasInText = false;
body.addEventListener("focus", () => (wasInText = true));
form.addEventListener("submit", () => {
  if (wasInText && form.elements.caret) form.elements.caret.value = [...body.value.slice(0, body.selectionStart)].length;
});
if (says.pictures) {
  const { attachPictures } = await import(says.pictures);
  const token = form.elements.csrf_token.value;
  attachPictures(body, { url: says.upload, token, say: (problem) => (status.textContent = problem) });
  for (const hint of form.querySelectorAll("[data-with-scripts]")) hint.hidden = false;
  const chooser = document.getElementById("pictures");
  form.querySelector("[data-chooses]").addEventListener("click", () => chooser.click());
}

// The preview follows the text while it is open; closed, it is asked for when somebody opens it.
document.addEventListener("toggle", (event) => {
  if (event.target.id === "live" && event.target.open && !event.target.querySelector(".prose")) {
    body.dispatchEvent(new Event("preview"));
  }
}, true);
body.addEventListener("htmx:before:request", (event) => {
  const isOpen = document.getElementById("live").open;
  if (!isOpen) event.preventDefault();
});

// Names after a comma: the list offers what follows the last one.
for (const input of form.querySelectorAll("[data-many]")) {
  const names = [...input.list.options].map((option) => option.value);
  input.addEventListener("input", () => {
    const typed = input.value.slice(0, input.value.lastIndexOf(",") + 1);
    const lead = typed ? `${typed} ` : "";
    input.list.replaceChildren(...names.map((name) => new Option("", lead + name)));
  });
}

// Unsaved text: kept by the site a few seconds after it was typed, and by this browser while that fails.
const saved = snapshot();
let timer = null;
let failure = ""; // why the site did not keep the text the last time
let pause = 0; // milliseconds until it is asked again, each time longer
let notBefore = 0; // the moment of that
let isLeaving = false;
let waitsSince = 0; // the moment at which the first of what is not kept yet was typed
let keptHereAt = 0;

function snapshot() {
  const fields = [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !OWN.has(name));
  return JSON.stringify(Object.fromEntries(fields));
}

async function keep() {
  timer = null;
  waitsSince = 0;
  const typed = snapshot();
  if (Date.now() < notBefore) return putOff(typed);
  if (failure === "signedOut") await renewToken();
  failure = await post();
  if (failure) {
    pause = Math.min(pause * 2 || FIRST_PAUSE, LONGEST_PAUSE);
    notBefore = NEVER_ALONE[failure] ?? Date.now() + pause;
    return putOff(typed);
  }
  pause = 0;
  localStorage.removeItem(key());
  const time = new Date().toLocaleTimeString(document.documentElement.lang, { timeStyle: "short" });
  status.textContent = says.kept.replace("%(time)s", time);
  if (says.address) history.replaceState(null, "", says.address);
}

/** Send what is typed; why it was not kept, by the name of what the form says of that, or nothing. */
async function post() {
  const data = new FormData(form);
  for (const [name, value] of [...data]) if (typeof value !== "string") data.delete(name);
  try {
    const answer = await fetch(says.unsaved, { method: "POST", body: data, redirect: "manual" });
    return answer.ok ? "" : (REASONS[answer.status] ?? "busy");
  } catch {
    return "offline";
  }
}

function putOff(typed) {
  keepHere(typed);
  status.textContent = says[failure];
  clearTimeout(timer);
  timer = failure in NEVER_ALONE ? null : setTimeout(keep, notBefore - Date.now());
}

// Who comes back to this window, or to the net, need not wait.
for (const moment of ["focus", "online"]) {
  addEventListener(moment, () => {
    if (failure !== "offline" && failure !== "signedOut") return;
    notBefore = 0;
    keep();
  });
}

// Who signs in again in another window has another token; a fresh copy of this page brings it.
async function renewToken() {
  const answer = await fetch(location.href).catch(() => null);
  const page = new DOMParser().parseFromString(answer ? await answer.text() : "", "text/html");
  const token = page.querySelector('#writing [name="csrf_token"]');
  if (token) form.elements.csrf_token.value = token.value;
}

function keepHere(typed) {
  keptHereAt = Date.now();
  try {
    localStorage.setItem(key(), typed);
  } catch {
    // The browser's store is full or closed: the page warns before it is left.
  }
}

form.addEventListener("input", () => {
  const moment = Date.now();
  waitsSince ||= moment;
  if (moment - keptHereAt > HERE_EVERY) keepHere(snapshot());
  clearTimeout(timer);
  timer = setTimeout(keep, Math.max(0, Math.min(KEEP_AFTER, waitsSince + KEEP_AT_LATEST - moment)));
});
form.addEventListener("submit", () => {
  isLeaving = true;
  clearTimeout(timer);
  if (snapshot() !== saved) keepHere(snapshot());
});
addEventListener("beforeunload", (event) => {
  if (!isLeaving && (timer || failure)) event.preventDefault();
});

// Text that this browser kept, and that is neither here nor saved, is offered; what is typed meanwhile stands apart.
const local = document.querySelector("[data-local]");
const place = keptHere();
const found = place && localStorage.getItem(place);
const aside = place?.endsWith(ASIDE) ? place : `${place}${ASIDE}`;
if (found && !("typed" in says)) {
  localStorage.setItem(aside, found);
  if (place !== aside) localStorage.removeItem(place);
  local.hidden = false;
}

// Where a text is kept that belongs here: under this page's key, or a new one under the key it was begun with.
function keptHere() {
  const prefix = says.address ? key().replace(/new-.*/, "new-") : `${key()}${ASIDE}`;
  const others = Object.keys(localStorage).filter((each) => each.startsWith(prefix));
  const places = [key(), ...others].filter((each) => localStorage.getItem(each));
  for (const same of places.filter((each) => localStorage.getItem(each) === saved)) localStorage.removeItem(same);
  return places.find((each) => localStorage.getItem(each));
}

if ("typed" in says) timer = setTimeout(keep, KEEP_AFTER);
document.querySelector("[data-local-take]").addEventListener("click", () => {
  form.elements.key.value = place.split(":")[2];
  const typed = JSON.parse(found);
  for (const field of form.elements) {
    if (OWN.has(field.name)) continue;
    if (field.type === "checkbox") field.checked = typed[field.name] === field.value;
    else if (field.name in typed) field.value = typed[field.name];
  }
  localStorage.removeItem(aside);
  local.hidden = true;
  form.dispatchEvent(new Event("input"));
  body.focus();
});
document.querySelector("[data-local-drop]").addEventListener("click", () => {
  localStorage.removeItem(aside);
  local.hidden = true;
  body.focus();
});
