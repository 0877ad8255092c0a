// What the pages gain when scripts run; each of them works without.
const words = document.currentScript.dataset;

// A button on every block of code that copies exactly its text.
function addCopyButtons(root) {
  if (!navigator.clipboard) return;
  for (const block of root.querySelectorAll(".code:not(:has(.code-copy))")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "code-copy";
    button.textContent = words.copy;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(block.querySelector("code").textContent);
      button.textContent = words.copied;
      setTimeout(() => (button.textContent = words.copy), 2000);
    });
    block.append(button);
  }
}

// The panels of the masthead close on Escape and on a click elsewhere; search takes the cursor.
function closeTools(except) {
  for (const tool of document.querySelectorAll(".tool[open]")) {
    if (tool !== except) tool.open = false;
  }
}
document.addEventListener("click", (event) => closeTools(event.target.closest(".tool")));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  document.activeElement.closest?.(".tool")?.querySelector("summary").focus();
  closeTools();
});
document.addEventListener("toggle", (event) => {
  if (event.target.matches?.(".tool-search[open]")) event.target.querySelector("input").focus();
}, true);

// "Older posts" leaves the cursor on the first of them.
let lastTeaser = null;
document.addEventListener("htmx:before:swap", (event) => {
  const loadsMore = event.detail.ctx.sourceElement.matches(".more a");
  lastTeaser = loadsMore ? [...document.querySelectorAll(".posts > .teaser")].at(-1) : null;
});
document.addEventListener("htmx:after:swap", () => {
  lastTeaser?.nextElementSibling?.querySelector("h3 a")?.focus();
});

// The live search says aloud what it found.
document.addEventListener("htmx:after:swap", () => {
  const status = document.getElementById("search-status");
  if (status) status.textContent = document.getElementById("results-said")?.textContent.trim() ?? "";
});

document.addEventListener("DOMContentLoaded", () => addCopyButtons(document));
