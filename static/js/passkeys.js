/*
 * Passkeys: the browser asks for a fingerprint, a face, a PIN or a key, and the form takes the answer to the server.
 * Buttons of passkeys are hidden in the page and shown here; where there is no JavaScript the page says what else works.
 */

const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");

function withBytes(options) {
  const keys = ["excludeCredentials", "allowCredentials"];
  const lists = keys.filter((key) => options[key]);
  return {
    ...options,
    challenge: bytes(options.challenge),
    ...(options.user && { user: { ...options.user, id: bytes(options.user.id) } }),
    ...Object.fromEntries(lists.map((key) => [key, options[key].map((one) => ({ ...one, id: bytes(one.id) }))])),
  };
}

function asText(credential) {
  const { response } = credential;
  const names = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  return JSON.stringify({
    type: credential.type,
    id: credential.id,
    rawId: text(credential.rawId),
    response: Object.fromEntries(names.filter((name) => response[name]).map((name) => [name, text(response[name])])),
    clientExtensionResults: credential.getClientExtensionResults(),
  });
}

async function optionsOf(form) {
  const given = form.querySelector('script[type="application/json"]');
  if (given) return JSON.parse(given.textContent);
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  return answer.json();
}

async function ask(form) {
  const { creation_options: creation, request_options: request } = await optionsOf(form);
  if (request) return navigator.credentials.get({ publicKey: withBytes(request.publicKey) });
  const alone = form.elements.passwordless?.checked;
  const publicKey = withBytes(creation.publicKey);
  publicKey.authenticatorSelection = {
    ...publicKey.authenticatorSelection,
    residentKey: alone ? "required" : "discouraged",
    requireResidentKey: Boolean(alone),
    ...(alone && { userVerification: "required" }),
  };
  return navigator.credentials.create({ publicKey });
}

for (const form of document.querySelectorAll("[data-al-passkey]")) {
  const trouble = form.querySelector("[data-al-passkey-trouble]");
  if (!window.PublicKeyCredential) {
    trouble.hidden = false;
    trouble.textContent = "This browser does not know passkeys.";
    continue;
  }
  for (const hidden of form.querySelectorAll("[data-al-passkey-button]")) hidden.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    trouble.hidden = true;
    try {
      form.elements.credential.value = asText(await ask(form));
      if (form.elements.shared) form.elements.shared.disabled = !document.querySelector("#id_shared")?.checked;
      form.submit();
    } catch {
      trouble.hidden = false;
      trouble.textContent = "That did not work, or it was stopped. Nothing has changed; you can try again.";
    }
  });
}
