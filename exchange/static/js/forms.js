// Kindness of forms: one press sends once, and leaving with words that were not sent asks first.

// Leaving with words that were not sent asks first, until something holds them (drafts.js).
const FIELDS = "form textarea:not([readonly]), form[data-place] input:not([type], [readonly])";
const sent = new WeakSet();
window.addEventListener("beforeunload", (event) => {
  const isUnsent = (field) => (field.value !== field.defaultValue || "unsaved" in field.form.dataset) && !sent.has(field.form);
  if ([...document.querySelectorAll(FIELDS)].some(isUnsent)) event.preventDefault();
});

// One press sends once. After a while, or on coming back, the form can be sent again. What is sent in
// place, by htmx, has its answer or its failure to wait for.
const PATIENCE = 10_000;

// A composer shows that it is on its way, and takes no words that the answer would sweep away.
function hold(form, isHeld) {
  if (!form.dataset.place) return;
  for (const field of form.querySelectorAll("textarea, input:not([type])")) field.readOnly = isHeld;
  const status = form.querySelector("[data-draft-status]");
  if (isHeld) status.textContent = status.dataset.sending;
  else if (status.textContent === status.dataset.sending) status.textContent = "";
}

function release(form) {
  if (!sent.delete(form)) return;
  for (const button of form.querySelectorAll("button[aria-disabled]")) button.removeAttribute("aria-disabled");
  hold(form, false);
  document.dispatchEvent(new CustomEvent("exchange:released", { detail: form }));
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
  hold(form, true);
  if (!event.defaultPrevented) setTimeout(() => release(form), PATIENCE);
});
document.addEventListener("exchange:failed", (event) => release(event.detail));
window.addEventListener("pageshow", () => {
  for (const form of document.forms) release(form);
});
