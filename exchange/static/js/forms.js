// Kindness of forms: an input method's Enter sends nothing, Ctrl+Enter does, one press sends once, and
// leaving with words that were not sent asks first.

// Enter belongs to the input method while it composes. Safari ends the composition first and then
// sends the Enter that ended it, so a moment after the end counts too.
const AFTER_COMPOSING = 50;
let composing = false;
let composedAt = -Infinity;
document.addEventListener("compositionstart", () => {
  composing = true;
});
document.addEventListener("compositionend", (event) => {
  composing = false;
  composedAt = event.timeStamp;
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.form) return;
  const ofInputMethod =
    composing || event.isComposing || event.keyCode === 229 || event.timeStamp - composedAt < AFTER_COMPOSING;
  if (ofInputMethod) {
    if (event.target.matches("input")) event.preventDefault();
  } else if ((event.ctrlKey || event.metaKey) && event.target.matches("textarea, input")) {
    event.preventDefault();
    event.target.form.requestSubmit();
  }
});

// Leaving with words that were not sent asks first.
const sent = new WeakSet();
window.addEventListener("beforeunload", (event) => {
  const unsent = [...document.querySelectorAll("form textarea:not([readonly])")].some(
    (area) => area.value !== area.defaultValue && !sent.has(area.form),
  );
  if (unsent) event.preventDefault();
});

// One press sends once. After a while, or on coming back, the form can be sent again.
const PATIENCE = 10_000;

function release(form) {
  sent.delete(form);
  for (const button of form.querySelectorAll("button[aria-disabled]")) button.removeAttribute("aria-disabled");
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  // htmx sends in place and prevents the browser's own sending: that counts as sent as well.
  if ((event.defaultPrevented && !form.hasAttribute("hx-post")) || form.method !== "post") return;
  if (sent.has(form)) {
    event.preventDefault();
    return;
  }
  sent.add(form);
  event.submitter?.setAttribute("aria-disabled", "true");
  setTimeout(() => release(form), PATIENCE);
});
document.addEventListener("exchange:failed", (event) => release(event.detail));
window.addEventListener("pageshow", () => {
  for (const form of document.forms) release(form);
});

