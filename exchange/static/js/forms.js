// Kindness of forms: one press sends once, and leaving with words that were not sent asks first.

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

