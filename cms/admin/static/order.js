// Things in an order, moved without leaving the page: by the buttons up and down, or dragged by a grip.
// Each move is the row's own form, sent as it would be without this script.

const LIST = "[data-order]";

document.querySelectorAll(LIST).forEach(addGrips);
document.addEventListener("submit", step);
document.addEventListener("pointerdown", hold);

function addGrips(list) {
  for (const row of list.children) {
    const grip = document.createElement("span");
    grip.className = "order-grip";
    grip.title = list.dataset.drag;
    grip.setAttribute("aria-hidden", "true"); // the buttons do the same for a keyboard
    row.prepend(grip);
  }
}

function step(event) {
  const form = event.target;
  if (!form.closest(LIST) || !event.submitter) return;
  event.preventDefault();
  move(form, event.submitter.formAction, event.submitter.value);
}

async function move(form, address, place, undo = () => {}) {
  const list = form.closest(LIST);
  const fields = new FormData(form);
  fields.set("to", place);
  try {
    const answer = await fetch(address, { method: "POST", body: fields });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const renewed = page.getElementById(list.id);
    if (answer.ok && !renewed) return location.assign(answer.url); // the page on which to sign in
    if (!answer.ok) undo();
    const told = page.querySelector("main .notice")?.textContent;
    if (renewed) show(list, renewed, told ?? "");
    else say(told ?? list.dataset.failed);
  } catch {
    undo();
    say(list.dataset.failed);
  }
}

function show(list, renewed, message) {
  list.replaceWith(renewed);
  addGrips(renewed);
  renewed.querySelector("[autofocus]")?.focus();
  say(message);
}

function say(message) {
  document.querySelectorAll("main > .notice").forEach((notice) => notice.remove());
  document.querySelector("[data-said]").textContent = message;
}

function hold(event) {
  const grip = event.target.closest(".order-grip");
  if (!grip || event.button !== 0) return;
  const row = grip.parentElement;
  const list = row.parentElement;
  const before = [...list.children];
  event.preventDefault(); // or the text would be selected
  row.classList.add("order-held");
  list.setPointerCapture(event.pointerId); // the row itself is about to change places, and would lose it
  list.onpointermove = (moved) => follow(row, moved.clientY);
  list.onpointerup = () => drop(row, before);
  list.onpointercancel = () => list.replaceChildren(...before);
  list.onlostpointercapture = () => release(row, list);
}

function release(row, list) {
  row.classList.remove("order-held");
  list.onpointermove = list.onpointerup = list.onpointercancel = list.onlostpointercapture = null;
}

function follow(row, y) {
  const others = [...row.parentElement.children].filter((other) => other !== row);
  const below = others.find((other) => y < middle(other));
  if (below !== row.nextElementSibling) row.parentElement.insertBefore(row, below ?? null);
}

function middle(element) {
  const { top, height } = element.getBoundingClientRect();
  return top + height / 2;
}

function drop(row, before) {
  const place = [...row.parentElement.children].indexOf(row);
  if (before[place] === row) return;
  const form = row.querySelector("form");
  move(form, form.action, place + 1, () => row.parentElement.replaceChildren(...before));
}
