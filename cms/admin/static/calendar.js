/* Moves what is scheduled to another day: drags fill in the form of the text, and send it without leaving the page. */

const FAR_ENOUGH = 6; // pixels, so that a click is no drag
const EDGE = 56; // pixels at the top and the bottom in which the page scrolls along
const STEP = 10; // pixels

let drag = null;
let dropped = false;

const said = () => document.getElementById("calendar-said");
const sheet = () => document.getElementById("calendar");

function addGrips() {
  for (const text of sheet().querySelectorAll(".text-movable")) {
    const grip = document.createElement("span");
    grip.className = "text-grip";
    grip.ariaHidden = "true";
    text.append(grip);
  }
}

function begin(event) {
  const text = event.target.closest(".text-movable");
  const byTouch = event.pointerType !== "mouse";
  dropped = false;
  if (!text || drag || event.button !== 0) return;
  if (byTouch ? !event.target.closest(".text-grip") : event.target.closest(".move")) return;
  drag = { text, pointer: event.pointerId, x: event.clientX, y: event.clientY + scrollY, at: event, over: null };
}

function follow(event) {
  if (event.pointerId !== drag?.pointer) return;
  drag.at = event;
  const far = Math.hypot(event.clientX - drag.x, event.clientY + scrollY - drag.y);
  if (!drag.lifted && far < FAR_ENOUGH) return;
  if (!drag.lifted) lift();
  place();
}

function lift() {
  drag.lifted = true;
  drag.y += holding(drag.text, () => drag.text.classList.add("text-moving"));
  requestAnimationFrame(scrollAlong);
}

/* Do what shows or hides other days, and let the day of `text` stay where it is in the window. */
function holding(text, change) {
  const top = () => text.closest(".day").getBoundingClientRect().top;
  const before = top();
  change();
  const shift = top() - before;
  scrollBy({ top: shift, behavior: "instant" });
  return shift;
}

function place() {
  const { text, at } = drag;
  text.style.translate = `${at.clientX - drag.x}px ${at.clientY + scrollY - drag.y}px`;
  const over = document.elementFromPoint(at.clientX, at.clientY)?.closest(".day");
  if (over === drag.over) return;
  drag.over?.classList.remove("day-over");
  over?.classList.add("day-over");
  drag.over = over;
}

function scrollAlong() {
  if (!drag) return;
  const y = drag.at.clientY;
  const step = y < EDGE ? -STEP : y > innerHeight - EDGE ? STEP : 0;
  if (step) {
    scrollBy(0, step);
    place();
  }
  requestAnimationFrame(scrollAlong);
}

function drop(event) {
  if (event.pointerId !== drag?.pointer) return;
  const { text, over, lifted } = drag;
  lay();
  if (!lifted) return;
  dropped = true;
  const form = text.querySelector(".move form");
  if (!over || over.dataset.day === form.elements.day.value) return;
  form.elements.day.value = over.dataset.day;
  form.requestSubmit();
}

function lay() {
  drag.over?.classList.remove("day-over");
  holding(drag.text, () => drag.text.classList.remove("text-moving"));
  drag.text.style.translate = "";
  drag = null;
}

async function send(event) {
  const form = event.target;
  if (!form.dataset.moves) return;
  event.preventDefault();
  const text = document.getElementById(form.dataset.moves);
  text?.classList.add("text-sent");
  try {
    const answer = await fetch(form.action, { method: "post", body: new FormData(form) });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!page.getElementById("calendar")) return form.submit();
    show(page, form.dataset.moves);
    if (answer.redirected) history.replaceState(null, "", answer.url);
  } catch {
    text?.classList.remove("text-sent");
    tell(sheet().dataset.failed);
  }
}

function show(page, id) {
  const news = page.querySelectorAll("#calendar-said > *, main > .notice");
  sheet().replaceWith(page.getElementById("calendar"));
  document.querySelectorAll("main > .notice").forEach((old) => old.remove());
  said().replaceChildren(...news);
  addGrips();
  const text = document.getElementById(id);
  (text?.querySelector(".move[open] input[type=date]") ?? text?.querySelector(".text-title"))?.focus();
}

function tell(message) {
  const line = document.createElement("p");
  line.className = "notice notice-wrong";
  line.textContent = message;
  said().replaceChildren(line);
}

addGrips();
document.addEventListener("pointerdown", begin);
document.addEventListener("pointermove", follow);
document.addEventListener("pointerup", drop);
document.addEventListener("pointercancel", () => drag && lay());
document.addEventListener("keydown", (event) => event.key === "Escape" && drag && lay());
document.addEventListener("dragstart", (event) => event.target.closest?.(".text-movable") && event.preventDefault());
document.addEventListener("submit", send);
document.addEventListener("click", (event) => dropped && event.target.closest(".text-movable") && event.preventDefault(), true);
