// What a preview says of itself: that it is on its way, that the words have changed since, or why there
// is none. htmx fetches it (send.js).

const PLACE = ".preview-place";
const shown = new WeakMap(); // form -> the words that its preview shows
const asked = new WeakMap(); // form -> the words that were sent for the next one

function wordsOf(form) {
  return JSON.stringify([...new FormData(form)].filter(([name]) => name !== "draft_version"));
}

function isPreview(xhr) {
  return /^\s*<section class="preview"/.test(xhr.responseText);
}

function on(type, act) {
  document.addEventListener(type, (event) => {
    const place = event.detail.target?.closest?.(PLACE);
    if (place) act(place, place.closest("form"), event.detail);
  });
}

function say(place, words) {
  const line = place.closest("form").querySelector("[data-draft-status]");
  if (line) line.textContent = words;
}

on("htmx:beforeRequest", (place, form) => {
  asked.set(form, wordsOf(form));
  place.setAttribute("aria-busy", "true");
  say(place, place.dataset.waiting);
});

// A whole page instead of a preview is not put into the form: nobody is logged in any more, or worse.
on("htmx:beforeSwap", (place, form, detail) => {
  if (!isPreview(detail.xhr)) detail.shouldSwap = false;
});

on("htmx:afterSwap", (place, form) => {
  shown.set(form, asked.get(form));
  compare(form);
  place.querySelector(".preview")?.focus({ preventScroll: true });
});

on("htmx:afterRequest", (place, form, { xhr }) => {
  place.removeAttribute("aria-busy");
  const why = xhr.responseText.includes('name="login"') ? place.dataset.loggedOut : place.dataset.failed;
  say(place, isPreview(xhr) ? "" : why);
});

// Words that were typed after the preview are not in it.
function compare(form) {
  const note = form?.querySelector("[data-stale]");
  if (note) note.hidden = shown.get(form) === wordsOf(form);
}

for (const type of ["input", "change"]) document.addEventListener(type, (event) => compare(event.target.form));

// A preview that came with the page shows what the fields held then.
export function start(event, form) {
  if (form.querySelector(".preview")) shown.set(form, wordsOf(form));
}
