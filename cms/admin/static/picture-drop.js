// The page for uploading: files may also be dropped on it or pasted; the form sends them as ever.
const field = document.querySelector("[data-drop]");
const input = field.querySelector("input");
const list = field.querySelector("output");

field.querySelector(".drop-hint").hidden = false;
input.addEventListener("change", tell);
for (const kind of ["dragover", "dragleave", "drop"]) document.addEventListener(kind, mark);
document.addEventListener("dragover", (event) => carriesFiles(event) && event.preventDefault());
document.addEventListener("drop", (event) => {
  if (!carriesFiles(event)) return;
  event.preventDefault();
  add(event.dataTransfer.files);
});
document.addEventListener("paste", (event) => add(event.clipboardData.files));

function carriesFiles(event) {
  return event.dataTransfer.types.includes("Files");
}

function mark(event) {
  field.classList.toggle("drop-over", event.type === "dragover" && carriesFiles(event));
}

function add(files) {
  if (!files.length) return;
  const all = new DataTransfer();
  for (const file of [...input.files, ...files]) all.items.add(file);
  input.files = all.files;
  tell();
}

function tell() {
  list.textContent = [...input.files].map((file) => file.name).join("\n");
}
