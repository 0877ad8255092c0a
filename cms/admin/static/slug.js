// While a name is changed, the end of the address that was made of it changes along, and can be seen to.

const name = document.getElementById("name");
const slug = document.getElementById("slug");

const made = (text) =>
  text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");

let follows = slug.value === made(name.value);
slug.addEventListener("input", () => (follows = false));
name.addEventListener("input", () => {
  if (follows) slug.value = made(name.value);
});
