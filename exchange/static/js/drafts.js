// Keeps what is typed: on this device at each letter, and for members with the site soon after, so
// that it is found on any device. Losing the network loses nothing.

const PAUSE = 2000; // ms without typing before the site is told
const PATIENCE = 10_000; // ms until a form that was sent without an answer is kept again
const FIELDS = ["board", "title", "title_other", "body", "body_other", "language", "used_translator", "version", "title_version"];
const page = document.documentElement;
const states = new WeakMap();
const PREFIX = `exchange.draft.${page.dataset.user || "nobody"}.`;

for (const form of document.querySelectorAll("form[data-place]")) begin(form);
document.addEventListener("input", (event) => changed(event.target.form));
document.addEventListener("change", (event) => changed(event.target.form));
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") for (const form of forms()) save(form);
});
window.addEventListener("online", () => {
  for (const form of forms()) save(form);
});
document.addEventListener("submit", (event) => {
  if (event.target.matches("form[data-place]")) sending(event.target, event.submitter);
});
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-discard]");
  if (!button) return;
  event.preventDefault();
  const { form } = button;
  forget(form);
  states.get(form).conflict = true; // nothing is saved any more
  const body = new URLSearchParams({ _method: "DELETE", csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value });
  await fetch(form.dataset.draft, { method: "POST", body, headers: { Accept: "application/json" } });
  for (const name of ["body", "body_other"]) form.elements[name].value = form.elements[name].defaultValue;
  location.reload();
});
document.addEventListener("exchange:failed", (event) => {
  states.get(event.detail).sending = false;
  changed(event.detail);
});
document.addEventListener("exchange:form", (event) => begin(event.detail));

export function start() {}

function forms() {
  return document.querySelectorAll("form[data-place]");
}

function begin(form) {
  const state = { typed: false, saved: JSON.stringify(words(form, true)), timer: 0 };
  states.set(form, state);
  // Letters may have been typed, or pasted, before this file arrived.
  if (JSON.stringify(words(form)) !== state.saved) changed(form);
  const local = read(form);
  if (!local) return;
  const dropped = local.base > 0 && base(form) === 0; // it was sent, or put away elsewhere
  if (dropped || (local.sent && base(form) === 0) || form.querySelector(".errors, .notice.error")) forget(form);
  else if (JSON.stringify(local.words) !== state.saved) restore(form, state, local);
}

function restore(form, state, local) {
  if (local.base < base(form)) {
    offer(form, state, words(form), local.words); // another device went on: both are offered
    return;
  }
  fill(form, local.words);
  say(form, "restored");
  state.typed = true;
  save(form);
}

// The form's fields, or what stood in them as the page came.
function words(form, asCame = false) {
  const found = {};
  for (const name of FIELDS) {
    const field = form.elements[name];
    if (!field) continue;
    const value = asCame ? came(field) : field.type === "checkbox" ? (field.checked ? "on" : "") : field.value;
    if (value) found[name] = value;
  }
  return found;
}

function came(field) {
  if (field.type === "checkbox") return field.defaultChecked ? "on" : "";
  if (field.options) return [...field.options].find((option) => option.defaultSelected)?.value ?? "";
  return field.defaultValue;
}

function fill(form, kept) {
  for (const name of FIELDS) {
    const field = form.elements[name];
    if (!field || field.type === "hidden") continue;
    if (field.type === "checkbox") field.checked = Boolean(kept[name]);
    else field.value = kept[name] ?? "";
  }
  if (kept.body_other) form.querySelector("details.more")?.setAttribute("open", "");
  form.elements.body.dispatchEvent(new Event("input", { bubbles: true }));
}

function base(form) {
  return Number(form.elements.draft_version?.value ?? 0);
}

function changed(form) {
  const state = form && states.get(form);
  if (!state || state.sending) return; // a box that htmx takes away says once more that it changed
  state.typed = true;
  keep(form, { words: words(form), base: base(form) });
  clearTimeout(state.timer);
  state.timer = setTimeout(() => save(form), PAUSE);
}

async function save(form) {
  const state = states.get(form);
  const now = words(form);
  const text = JSON.stringify(now);
  if (!form.dataset.draft || !state?.typed || state.sending || text === state.saved || state.conflict) return;
  clearTimeout(state.timer);
  if (!now.body && !now.body_other && !now.title && base(form) === 0) return;
  const body = new URLSearchParams({ ...now, draft_version: base(form), csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value });
  try {
    const headers = { Accept: "application/json" };
    state.saving = new AbortController();
    const options = { method: "POST", body, headers, signal: state.saving.signal, keepalive: text.length < 20_000 };
    const answer = await fetch(form.dataset.draft, options);
    if (answer.status === 409) conflict(form, state, await answer.json());
    else if (answer.ok) saved(form, state, now, text, (await answer.json()).version);
    else say(form, "local");
  } catch {
    if (!state.sending) say(form, "local");
  }
}

// What the site holds needs no question on leaving: forms.js compares with the default value.
function saved(form, state, now, text, version) {
  if (state.sending) return;
  state.saved = text;
  form.elements.draft_version.value = version;
  for (const name of ["body", "body_other"]) form.elements[name].defaultValue = now[name] ?? "";
  keep(form, { words: words(form), base: version });
  say(form, "saved");
}

function conflict(form, state, newer) {
  offer(form, state, words(form), newer.fields, newer.version);
}

function offer(form, state, mine, theirs, version = base(form)) {
  const line = form.querySelector("[data-draft-other]");
  state.conflict = true;
  line.hidden = false;
  const decide = (chosen) => {
    line.hidden = true;
    state.conflict = false;
    state.typed = true;
    form.elements.draft_version.value = version;
    fill(form, chosen);
    save(form);
    form.elements.body.focus();
  };
  line.querySelector("[data-draft-take]").onclick = () => decide(theirs);
  line.querySelector("[data-draft-mine]").onclick = () => decide(mine);
}

function sending(form, submitter) {
  const state = states.get(form);
  if (!state) return;
  if (submitter?.name !== "preview") keep(form, { words: words(form), base: base(form), sent: true });
  clearTimeout(state.timer);
  if (submitter?.name === "preview") return;
  state.sending = true;
  state.saving?.abort();
  setTimeout(() => {
    state.sending = false;
  }, PATIENCE);
}

// This device's copy

function keep(form, copy) {
  try {
    if (copy.words.body || copy.words.body_other || copy.words.title) localStorage.setItem(PREFIX + form.dataset.place, JSON.stringify(copy));
    else forget(form);
  } catch {
    // Storage is forbidden or full: the site's copy is left.
  }
}

function read(form) {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + form.dataset.place));
  } catch {
    return null;
  }
}

function forget(form) {
  try {
    localStorage.removeItem(PREFIX + form.dataset.place);
  } catch {
    // Nothing was kept.
  }
}

function say(form, what) {
  const status = form.querySelector("[data-draft-status]");
  if (status) status.textContent = status.dataset[what] ?? "";
}
