// Shows how many rows are ticked, and of the bulk form only the fields that the chosen action needs.
const form = document.getElementById("bulk");

if (form) {
  const action = form.elements.action;
  const all = form.elements.all;
  const boxes = [...document.querySelectorAll('input[name="chosen"][form="bulk"]')];

  const showFields = () => {
    const asks = action.selectedOptions[0]?.dataset.asks;
    for (const field of form.querySelectorAll("[data-for]")) {
      field.hidden = field.dataset.for !== asks;
    }
  };
  const showAll = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    all.checked = ticked === boxes.length;
    all.indeterminate = ticked > 0 && ticked < boxes.length;
  };

  action.addEventListener("change", showFields);
  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
  });
  for (const box of boxes) box.addEventListener("change", showAll);
  if (all.checked) for (const box of boxes) box.checked = true;
  showFields();
  showAll();
}
