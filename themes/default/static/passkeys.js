// Asks the browser for a passkey, and sends what it answers as an ordinary form.
const form = document.getElementById("passkey");
const complaint = form.querySelector("[role=alert]");
const again = form.querySelector("button");

const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const keys = (list) => (list ?? []).map((key) => ({ ...key, id: bytes(key.id) }));

// What the server asks, with bytes where the browser wants them.
function question() {
  const asked = JSON.parse(form.dataset.options);
  asked.challenge = bytes(asked.challenge);
  if (asked.user) asked.user.id = bytes(asked.user.id);
  if (asked.excludeCredentials) asked.excludeCredentials = keys(asked.excludeCredentials);
  if (asked.allowCredentials) asked.allowCredentials = keys(asked.allowCredentials);
  return { publicKey: asked };
}

// What the browser answers, with text where the server wants it.
function answer(credential) {
  const response = { transports: credential.response.getTransports?.() };
  for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[part]) response[part] = text(credential.response[part]);
  }
  const { id, type, rawId } = credential;
  const extensions = JSON.stringify(credential.getClientExtensionResults());
  return JSON.stringify({ id, type, rawId: text(rawId), response, extensions });
}

function complain(error) {
  const reason = { NotAllowedError: "refused", AbortError: "refused", InvalidStateError: "known" }[error.name];
  complaint.textContent = form.dataset[reason ?? "unable"];
  complaint.hidden = again.hidden = false;
  again.focus();
}

async function ask() {
  complaint.hidden = again.hidden = true;
  try {
    form.elements.credential.value = answer(await navigator.credentials[form.dataset.asks](question()));
    form.submit();
  } catch (error) {
    complain(error);
  }
}

again.addEventListener("click", ask);
ask();
