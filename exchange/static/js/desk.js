// The moderation desk by keyboard, and its count kept up to date. Without this file the desk is all
// links and buttons. site.js asks whether a key is free before it hands it on.

const counter = document.querySelector("[data-desk]");
const inCase = document.querySelector("[data-case]");

// Each key of a case stands on what it presses.
for (const element of inCase ? document.querySelectorAll("[data-key]") : []) {
  const key = document.createElement("kbd");
  key.textContent = element.dataset.key;
  key.setAttribute("aria-hidden", "true");
  element.append(key);
  element.setAttribute("aria-keyshortcuts", element.dataset.key);
}

export function press(key) {
  const held = document.querySelector("[data-undo] button");
  if (key === "z" && held) held.click();
  else if (inCase) document.querySelector(`[data-key="${key}"]`)?.click();
  else QUEUE[key]?.();
}

const QUEUE = {
  x: () => current()?.querySelector("input[type=checkbox]")?.click(),
  c: takeOn,
};

function current() {
  return document.activeElement?.closest(".desk .row") ?? null;
}

// The case is opened to be taken on: what one works on one has in front of one.
function takeOn() {
  const link = current()?.querySelector("a.title");
  if (!link) return;
  try {
    sessionStorage.setItem("exchange.claim", "1");
  } catch {
    return; // Storage may be forbidden: then the case's own button does it.
  }
  location.assign(link.href);
}

try {
  if (inCase && sessionStorage.getItem("exchange.claim")) {
    sessionStorage.removeItem("exchange.claim");
    const button = inCase.querySelector('[data-key="c"]');
    if (button && !button.form.querySelector('[name="_method"]')) button.click();
  }
} catch {
  // Storage may be forbidden.
}

// What can be taken back is offered for ten seconds, longer while it has the focus or the pointer.
const UNDO_SECONDS = 10;

for (const notice of document.querySelectorAll("[data-undo]")) {
  const end = () => (notice.matches(":hover, :focus-within") ? setTimeout(end, 1000) : notice.remove());
  setTimeout(end, UNDO_SECONDS * 1000);
}

// The socket only says that something changed: what, the page asks for.

const GATHERED = 400; // ms: many cases closed at once are one question
let due = 0;

function hear() {
  clearTimeout(due);
  due = setTimeout(count, GATHERED);
}

async function count() {
  try {
    const answer = await fetch(counter.dataset.count);
    const words = answer.ok ? (await answer.text()).trim() : "";
    if (words && words !== counter.textContent.trim()) counter.textContent = words;
  } catch {
    // The network is away; the socket comes back with it and asks again.
  }
}

if (counter) import("./live.js").then((live) => live.watch(counter.dataset.desk, { hear }));
