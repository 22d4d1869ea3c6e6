// Nothing that was typed is lost. Four things are told apart for each form: the words in the box, what
// the site holds (`held`), what this device keeps because the site does not hold it (copies.js), and
// what is on its way: a save (`saving`) or the form itself (`sending`). This device keeps the words at
// each letter. Members' words are saved after a pause, one save at a time; then the copy goes. Two
// texts that do not follow from each other are both shown (`other`), and nothing is saved until the
// writer has said which one stays.

import { adopt, forget, keep, read } from "./copies.js";
import { arrived, settle, tell } from "./telling.js";
import { VERSIONS, fill, hasWords, quoting, textOf, words } from "./words.js";

const PAUSE = 2000; // ms without typing before the site is told
const states = new WeakMap();

for (const form of forms()) begin(form);
settle();
document.addEventListener("input", (event) => changed(event.target.form, event.isTrusted));
document.addEventListener("change", (event) => changed(event.target.form, event.isTrusted));
document.addEventListener("visibilitychange", () => {
  for (const form of forms()) save(form, document.visibilityState === "hidden");
});
window.addEventListener("online", () => {
  for (const form of forms()) save(form);
});
// Back to a page as it was left: the form may have arrived since.
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of forms()) {
    const state = states.get(form);
    Object.assign(state, { sending: false, touched: false, held: state.sent ? null : state.held });
    save(form);
  }
});
document.addEventListener("submit", (event) => {
  if (event.target.matches("form[data-place]")) sending(event.target, event.submitter);
});
document.addEventListener("exchange:released", (event) => {
  const state = states.get(event.detail);
  if (!state?.sending) return;
  state.sending = false;
  changed(event.detail); // saving finds out whether it arrived all the same
});
document.addEventListener("exchange:form", ({ detail: { form, taken } }) => {
  if (taken) forget(form.dataset.place);
  begin(form);
});
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-discard]");
  if (!button || event.defaultPrevented) return;
  event.preventDefault();
  discard(button.closest("form"));
});

export function start(event, element) {
  if (event.type === "click") discard(element.closest("form"));
}

function forms() {
  return document.querySelectorAll("form[data-place]");
}

async function begin(form) {
  const { place } = form.dataset;
  const state = { held: null, told: null, other: null, saving: false, sending: false, sent: undefined, touched: false, timer: 0 };
  states.set(form, state);
  // The words come back from here. The browser would bring back also those that were sent.
  if (form.dataset.draft) form.autocomplete = "off";
  const came = words(form, true);
  const isNew = "unsaved" in form.dataset; // words that the page alone has: refused, or from the log-in
  if (!isNew) state.held = textOf(came);
  const stranger = read(place, "nobody");
  if (isNew && form.dataset.draft && stranger && textOf(stranger.words) === textOf(came)) forget(place, "nobody");
  const copy = read(place) ?? (isNew || base(form) ? null : adopt(place));
  if (copy?.sent && !isNew && (await arrived(copy))) {
    forget(place);
  } else if (copy && ![textOf(words(form)), state.held].includes(textOf(copy.words))) {
    restore(form, state, copy, came);
    return;
  }
  // Letters may have been typed, or pasted, before this file arrived.
  if (textOf(words(form)) === state.held) forget(place);
  else changed(form);
  if (isNew) save(form);
}

function restore(form, state, copy, came) {
  if (textOf(words(form)) !== state.held) {
    // What was sent and refused came back with the page.
    if (state.held !== null || !copy.sent) offer(form, state, copy.words, base(form));
    changed(form);
    return;
  }
  const ours = textOf(came) === copy.told;
  const older = copy.base < base(form) || VERSIONS.some((name) => Number(copy.words[name]) < Number(came[name]));
  fill(form, quoting(form, copy.words));
  if (older && !ours) offer(form, state, came, base(form)); // another device went on
  say(form, "restored");
  changed(form);
  save(form);
}

function base(form) {
  return Number(form.elements.draft_version?.value ?? 0);
}

function changed(form, byHand = false) {
  const state = form && states.get(form);
  if (!state || state.sending) return; // a box that htmx takes away says once more that it changed
  if (byHand) Object.assign(state, { touched: true, sent: undefined });
  keepHere(form, state);
  leaveQuotation();
  clearTimeout(state.timer);
  state.timer = setTimeout(() => save(form), PAUSE);
}

function keepHere(form, { held, told, sent }) {
  const now = words(form);
  const { place, draft } = form.dataset;
  if ((textOf(now) === held && !sent) || !hasWords(now)) forget(place);
  else keep(place, { words: now, base: base(form), told, sent, draft });
}

// The quotation is among the words now, and would come a second time.
function leaveQuotation() {
  const address = new URL(location);
  if (!address.searchParams.has("quote")) return;
  address.searchParams.delete("quote");
  history.replaceState(history.state, "", address);
}

// Saving

async function save(form, leaving = false) {
  const state = states.get(form);
  const now = words(form);
  const text = textOf(now);
  if (!form.dataset.draft || !state || state.sending || state.saving || state.other || text === state.held) return;
  clearTimeout(state.timer);
  if (!hasWords(now) && base(form) === 0) return;
  const before = state.told;
  Object.assign(state, { saving: true, told: text });
  keepHere(form, state);
  const client_id = form.elements.client_id?.value ?? "";
  const answer = await tell(form.dataset.draft, { ...now, client_id, draft_version: base(form) }, leaving);
  state.saving = false;
  if (answer.status) state.told = null;
  if (!form.isConnected) return;
  if (state.sending) {
    if (answer.version && !answer.fields) form.elements.draft_version.value = answer.version;
  } else if (answer.sent) wasSent(form, state, answer.client_id);
  else if (answer.version && answer.fields) conflict(form, state, answer, before);
  else if (answer.version) saved(form, state, now, text, answer.version);
  else say(form, { 0: "local", 403: "loggedOut", 413: "tooLong" }[answer.status] ?? "refused");
}

function saved(form, state, now, text, version) {
  Object.assign(state, { held: text, sent: undefined });
  form.elements.draft_version.value = version;
  if (textOf(words(form)) === text) {
    forget(form.dataset.place);
    restAt(form, now);
    say(form, hasWords(now) ? "saved" : "");
  } else {
    keepHere(form, state);
    save(form);
  }
}

// What is held needs no question on leaving: forms.js compares with the default value.
function restAt(form, now) {
  delete form.dataset.unsaved;
  for (const name of Object.keys(now)) {
    const field = form.elements[name];
    if (field?.matches?.("textarea, input:not([type])")) field.defaultValue = now[name];
  }
}

// The site has other words than these go on from. They may be ours: a save whose answer got lost.
function conflict(form, state, newer, before) {
  if (textOf(newer.fields) !== before) {
    offer(form, state, newer.fields, newer.version);
    keepHere(form, state);
    return;
  }
  form.elements.draft_version.value = newer.version;
  save(form);
}

function offer(form, state, theirs, version) {
  const panel = form.querySelector("[data-draft-other]");
  const [question] = panel.children;
  state.other = theirs;
  panel.hidden = false;
  question.textContent = question.dataset.text; // set when it is seen, so that it is read out
  const carried = Object.keys(theirs).filter((name) => /-(amount|caption|caption_other)$/.test(name));
  const shown = ["title", "title_other", "body", "body_other", ...carried].filter((name) => theirs[name]);
  panel.querySelector("[data-draft-theirs]").replaceChildren(
    ...shown.map((name) => Object.assign(document.createElement("p"), { className: "typed", textContent: theirs[name] })),
  );
  const decide = (act) => () => {
    panel.hidden = true;
    state.other = null;
    if (form.elements.draft_version) form.elements.draft_version.value = version;
    act();
    changed(form);
    save(form);
    form.elements.body.focus();
  };
  panel.querySelector("[data-draft-take]").onclick = decide(() => fill(form, theirs));
  panel.querySelector("[data-draft-mine]").onclick = decide(() => {});
}

// Sending

function sending(form, submitter) {
  const state = states.get(form);
  if (!state) return;
  clearTimeout(state.timer);
  Object.assign(state, { sending: true, touched: false });
  // Only a member's words can arrive: who has to log in first finds them here in any case.
  if (form.dataset.draft && submitter?.name !== "preview") state.sent = form.elements.client_id?.value || "edit";
  keepHere(form, state);
}

// Back after sending: what is in the box is a post already. Words that were added are new ones.
function wasSent(form, state, client_id) {
  if (!state.touched) {
    leave(form);
    return;
  }
  form.elements.client_id.value = client_id;
  form.elements.draft_version.value = 0;
  save(form);
}

async function discard(form) {
  const state = states.get(form);
  clearTimeout(state.timer);
  state.sending = true; // nothing is saved any more
  const { status } = await tell(form.dataset.draft, { _method: "DELETE" });
  if (status === 204) {
    leave(form);
    return;
  }
  state.sending = false;
  say(form, status ? "refused" : "local");
}

// The page anew: not by reload(), after which some browsers fill in what stood there.
function leave(form) {
  forget(form.dataset.place);
  states.get(form).sending = true;
  restAt(form, words(form));
  location.replace(location.pathname + location.search);
}

function say(form, what) {
  const status = form.querySelector("[data-draft-status]");
  if (!status) return;
  if (what === "saved" && status.textContent === status.dataset.failed) return;
  status.textContent = status.dataset[what] ?? "";
  form.querySelector("[data-draft-log-in]").hidden = what !== "loggedOut";
}
