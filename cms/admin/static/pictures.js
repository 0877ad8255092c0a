// Pictures into a text: dropped, pasted or chosen, sent at once, then put into words in a dialog.
//
// The page holds the dialog of admin/pictures/_dialog.html. Nothing here is needed to write: a form can send
// the same files.

/**
 * Let `textarea` take pictures. `url` is where to send them, `token` the form token, and `say(text)` tells the
 * writer what went wrong. File fields with data-pictures-for="<id of the textarea>" take them too.
 */
export function attachPictures(textarea, { url, token, say }) {
  const dialog = document.getElementById("picture-words");
  const desk = { textarea, dialog, url, token, say, settled: Promise.resolve() };
  textarea.addEventListener("dragover", (event) => {
    if (event.dataTransfer.types.includes("Files")) event.preventDefault();
  });
  textarea.addEventListener("drop", (event) => {
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    moveCaretTo(textarea, event);
    takeAll(desk, event.dataTransfer.files);
  });
  textarea.addEventListener("paste", (event) => {
    if (!event.clipboardData.files.length || event.clipboardData.types.includes("text/plain")) return;
    event.preventDefault();
    takeAll(desk, event.clipboardData.files);
  });
  for (const input of document.querySelectorAll(`input[data-pictures-for="${textarea.id}"]`)) {
    input.addEventListener("change", () => {
      takeAll(desk, input.files);
      input.value = "";
    });
  }
}

function takeAll(desk, files) {
  for (const file of files) take(desk, file);
}

/** Hold a place in the text, send the file, and put the picture there; one after the other into the text. */
async function take(desk, file) {
  const { most, ...words } = desk.dialog.dataset;
  if (file.size > most * 2 ** 20) return desk.say(filled(words.tooLarge, { name: file.name, most }));
  const place = holdPlace(desk, file.name);
  try {
    const picture = await send(desk, desk.url, { file }, words.lost);
    await (desk.settled = desk.settled.then(() => settle(desk, place, picture)));
  } catch (problem) {
    replace(desk.textarea, place, "");
    desk.say(filled(problem.sent ? words.refused : words.lost, { name: file.name, reason: problem.message }));
  }
}

async function settle(desk, place, picture) {
  const { textarea } = desk;
  replace(textarea, place, picture.markdown);
  if (picture.alt || picture.decorative) return;
  const caret = [textarea.selectionStart, textarea.selectionEnd];
  const described = await askForWords(desk, picture);
  textarea.focus();
  textarea.setSelectionRange(...caret); // which a closing dialog does not bring back
  replace(textarea, picture.markdown, described.markdown);
}

/** The picture as it is after the writer has put it into words, or has put that off. */
function askForWords(desk, picture) {
  const { dialog } = desk;
  const form = dialog.querySelector("form");
  const problem = dialog.querySelector(".field-errors");
  form.reset();
  problem.textContent = "";
  form.elements.credit.value = picture.credit;
  dialog.querySelector("img").src = picture.preview;
  return new Promise((resolve) => {
    let described = picture;
    form.onsubmit = async (event) => {
      if (event.submitter?.value === "later") return;
      event.preventDefault();
      if (!form.elements.alt.value.trim() && !form.elements.decorative.checked) {
        problem.textContent = dialog.dataset.needed;
        return form.elements.alt.focus();
      }
      try {
        described = await send(desk, picture.describe, Object.fromEntries(new FormData(form)));
        dialog.close();
      } catch (refused) {
        problem.textContent = refused.message;
      }
    };
    dialog.addEventListener("close", () => resolve(described), { once: true });
    dialog.showModal();
  });
}

/** Post `fields`; the answer's JSON. Throws an error with what the site says; `sent` tells that it did say so. */
async function send({ token }, url, fields) {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  const headers = { Accept: "application/json", "X-CSRFToken": token };
  const answer = await fetch(url, { method: "POST", body, headers });
  const told = await answer.json().catch(() => ({}));
  if (answer.ok && told.url) return told;
  throw Object.assign(new Error(told.error ?? answer.statusText), { sent: Boolean(told.error) });
}

/** Write a line at the caret that stands for a picture which is on its way; the line, which is there once. */
function holdPlace({ textarea, dialog }, name) {
  const plain = name.replace(/[\[\]()\\\n]/g, " ").slice(0, 60);
  let place;
  let number = 1;
  do {
    const numbered = number > 1 ? `${plain} (${number})` : plain;
    place = `![${filled(dialog.dataset.uploading, { name: numbered })}]()`;
    number += 1;
  } while (textarea.value.includes(place));
  textarea.focus();
  write(textarea, spaced(textarea, place));
  return place;
}

/** At the end of a line a picture gets a paragraph of its own; amid a line it stays there. */
function spaced({ value, selectionStart: start, selectionEnd: end }, place) {
  const [before, after] = [value.slice(0, start), value.slice(end)];
  if (after && !after.startsWith("\n")) return place;
  const lead = !before || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  return lead + place + (after.startsWith("\n\n") ? "" : after ? "\n" : "\n\n");
}

/** Put `text` where `place` stands, and leave the caret where the writer has it; nothing if it is gone. */
function replace(textarea, place, text) {
  const at = textarea.value.indexOf(place);
  if (at < 0 || place === text) return;
  const moved = (caret) => {
    if (caret <= at) return caret;
    return caret >= at + place.length ? caret + text.length - place.length : at + text.length;
  };
  const [start, end] = [moved(textarea.selectionStart), moved(textarea.selectionEnd)];
  textarea.setSelectionRange(at, at + place.length);
  write(textarea, text);
  textarea.setSelectionRange(start, end);
}

/** Write over what is selected so that it can be undone, where the browser lets a script do that. */
function write(textarea, text) {
  const command = text ? "insertText" : "delete";
  if (document.activeElement === textarea && document.execCommand(command, false, text)) return;
  textarea.setRangeText(text, textarea.selectionStart, textarea.selectionEnd, "end");
  textarea.dispatchEvent(new Event("input", { bubbles: true }));
}

function moveCaretTo(textarea, { clientX, clientY }) {
  const found = document.caretPositionFromPoint?.(clientX, clientY);
  if (found?.offsetNode === textarea) textarea.setSelectionRange(found.offset, found.offset);
}

function filled(pattern, values) {
  return pattern.replace(/\{(\w+)\}/g, (_match, name) => values[name]);
}
