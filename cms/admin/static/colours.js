// Keeps a colour's two controls together: what is picked is written beside, what is written is shown.
const COLOUR = /^#[0-9a-f]{6}$/i;

for (const picker of document.querySelectorAll("input[type=color][data-text]")) {
  const text = document.getElementById(picker.dataset.text);
  picker.addEventListener("input", () => { text.value = picker.value; });
  text.addEventListener("input", () => {
    if (text.value === "") picker.value = picker.dataset.default;
    if (COLOUR.test(text.value)) picker.value = text.value;
  });
}
