// Pictures in a composer: files that are chosen, dropped or pasted are uploaded one after the other, each
// with its progress; the site draws the row of what has arrived. A send waits for what is on its way.

import { button, filled, shortened, upload } from "./uploading.js";

const MOST = 4; // pictures of one post
const MOST_BYTES = 20_000_000; // of one file
const states = new WeakMap(); // form -> what is on its way (`items`), and the button whose send `waits`
let pressed = null; // the step that htmx was asked for last

document.addEventListener("change", ({ target }) => {
  if (target.matches("[data-pictures] input[type=file]")) chosen(target);
});

function chosen(input) {
  const files = [...input.files];
  if (!files.length) return;
  input.value = "";
  take(input.form, files);
}

// A picture on the clipboard is taken, of what has words too the words.
document.addEventListener("paste", (event) => {
  const form = composer(event.target);
  const { files = [], types = [] } = event.clipboardData ?? {};
  if (!form || !files.length || types.includes("text/plain")) return;
  event.preventDefault();
  take(form, [...files]);
});

for (const type of ["dragenter", "dragover", "dragleave", "drop"]) {
  document.addEventListener(type, (event) => {
    const form = composer(event.target);
    if (!form || !event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault(); // else the browser leaves the page for the file
    event.dataTransfer.dropEffect = "copy";
    const ends = type === "drop" || (type === "dragleave" && !form.contains(event.relatedTarget));
    form.querySelector("[data-drop-here]").hidden = ends;
    if (type === "drop") take(form, [...event.dataTransfer.files]);
  });
}

function composer(element) {
  const form = element?.closest?.("form[data-draft]");
  return form?.querySelector("[data-upload]") ? form : null;
}

function stateOf(form) {
  if (!states.has(form)) states.set(form, { items: [], waits: null });
  return states.get(form);
}
const rowsOf = (form) => [...form.querySelectorAll("[data-picture]")];
const list = (form) => form.querySelector("[data-uploading]");

function say(form, what, parts = {}) {
  const status = form.querySelector("[data-picture-status]");
  status.textContent = filled(status.dataset[what] ?? what, parts);
  status.classList.toggle("hush", !(what in status.dataset)); // what stands beside its file is read out only
}

// Taking files

function take(form, files) {
  const { items } = stateOf(form);
  const room = Math.max(MOST - rowsOf(form).length - items.filter((item) => !item.isOver).length, 0);
  for (const file of files.slice(0, room)) {
    const item = { file, name: shortened(file.name), state: "waiting", id: 0 };
    items.push(item);
    draw(form, item);
    if (file.size > MOST_BYTES) fail(form, item, list(form).dataset.tooLarge, false);
  }
  const left = files.slice(room).map((file) => shortened(file.name) || list(form).dataset.nameless);
  const told = form.querySelector("[data-picture-left]"); // stays, whatever is said of the others
  told.textContent = left.length ? filled(told.dataset.pictureLeft, { names: left.join(" · ") }) : "";
  next(form);
}

function draw(form, item) {
  const words = list(form).dataset;
  item.line = document.createElement("li");
  item.label = Object.assign(document.createElement("bdi"), { textContent: item.name || words.nameless });
  item.bar = Object.assign(document.createElement("progress"), { max: 1, value: 0 });
  item.bar.setAttribute("aria-label", item.name || words.nameless);
  item.note = Object.assign(document.createElement("span"), { className: "quiet", textContent: words.waiting });
  item.again = button(words.retry, () => retry(form, item));
  item.again.hidden = true;
  item.away = button(words.cancel, () => cancel(form, item));
  item.line.append(item.label, item.bar, item.note, item.again, item.away);
  list(form).append(item.line);
  list(form).hidden = false;
}

function next(form) {
  const state = stateOf(form);
  const waiting = state.items.find((item) => item.state === "waiting");
  if (state.items.some((item) => item.state === "sending")) return;
  if (waiting) send(form, waiting);
  else if (state.waits) goOn(form, state);
}

// Sending one

async function send(form, item, fresh = "") {
  item.state = "sending";
  item.bar.hidden = false;
  item.note.textContent = "";
  if (item.id) {
    await arrived(form, item); // only its row is missing
    return;
  }
  say(form, "sending", { name: item.label.textContent });
  const token = fresh || (form.elements.csrfmiddlewaretoken?.value ?? "");
  const { answer, stop } = upload(form.querySelector("[data-upload]").dataset.upload, item.file, token, (share) => {
    item.isUp = share === 1;
    if (item.isUp) item.bar.removeAttribute("value");
    else item.bar.value = share;
    item.note.textContent = item.isUp ? (list(form)?.dataset.making ?? "") : "";
  });
  item.stop = stop;
  const said = await answer;
  if (said.status === 200 && said.id) {
    item.id = said.id;
    await arrived(form, item);
  } else if (item.state === "sending") await refused(form, item, said, fresh);
}

async function refused(form, item, said, fresh) {
  if (said.status === 403 && said.token && !fresh && said.user === document.documentElement.dataset.user) {
    // Logged in again in another tab: the page's forms can be sent again.
    for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = said.token;
    await send(form, item, said.token);
    return;
  }
  const words = list(form).dataset;
  const why = { 0: navigator.onLine ? words.failed : words.offline, 403: words.loggedOut, 413: words.tooLarge };
  item.label.hidden = Boolean(said.message); // which names it
  fail(form, item, said.message ?? why[said.status] ?? words.failed, ![413, 415, 422].includes(said.status));
  next(form);
}

async function arrived(form, item) {
  if (item.isLate || !form.isConnected) {
    throwAway(form, item);
    return;
  }
  const box = form.querySelector("[data-pictures]");
  const number = [0, 1, 2, 3].find((at) => !form.elements[`picture-${at}-id`]);
  try {
    const fields = [...new FormData(form)].filter(([name]) => name.startsWith("picture-"));
    const fresh = await drawn(form, [...fields, [`picture-${number}-id`, item.id]]);
    const row = fresh.querySelector(`[data-picture="${item.id}"]`);
    if (row && !form.querySelector(`[data-picture="${item.id}"]`)) add(box, fresh, row);
    leave(form, item);
    say(form, "added", { number: rowsOf(form).length, name: item.label.textContent });
    box.dispatchEvent(new Event("input", { bubbles: true }));
  } catch {
    fail(form, item, list(form).dataset.failed, true);
  }
  next(form);
}

// The new row alone: what is being typed into the others stays.
function add(box, fresh, row) {
  const idle = document.activeElement === document.body || document.activeElement.closest("[data-picture-choose]");
  box.querySelector("[data-picture-rows]").append(row);
  box.querySelector("[data-picture-choose]").replaceWith(fresh.querySelector("[data-picture-choose]"));
  window.htmx?.process(row);
  if (idle) row.querySelector("textarea").focus();
}

// The rows that the site draws for these fields.
async function drawn(form, fields) {
  const box = form.querySelector("[data-pictures]");
  const token = form.elements.csrfmiddlewaretoken?.value ?? "";
  const body = new URLSearchParams([...fields, ["csrfmiddlewaretoken", token], ["picture_add", "1"]]);
  const answer = await fetch(box.dataset.steps, { method: "POST", headers: { "HX-Request": "true" }, body });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("[data-pictures]");
  if (!answer.ok || !fresh) throw new Error("no rows");
  return fresh;
}

// Pictures that only a draft or this device has kept.
export async function show(form, kept, shown) {
  const box = form.querySelector("[data-pictures]");
  const fresh = await drawn(form, Object.entries(kept).filter(([name]) => name.startsWith("picture-")));
  box.replaceWith(fresh);
  shown();
  fresh.dispatchEvent(new Event("input", { bubbles: true }));
  window.htmx?.process(fresh);
}

function fail(form, item, why, mayHelp) {
  item.state = "failed";
  item.isOver = !mayHelp;
  item.bar.hidden = true;
  Object.assign(item.note, { className: "errors", textContent: why });
  item.again.hidden = !mayHelp;
  item.away.textContent = list(form).dataset.remove;
  if (form.isConnected) say(form, item.label.hidden ? why : `${item.label.textContent}: ${why}`);
}

function retry(form, item) {
  item.state = "waiting";
  item.again.hidden = true;
  item.label.hidden = false;
  Object.assign(item.note, { className: "quiet", textContent: list(form).dataset.waiting });
  item.away.textContent = list(form).dataset.cancel;
  item.away.focus();
  next(form);
}

function cancel(form, item) {
  leave(form, item);
  item.state = "gone";
  item.isLate = true;
  item.stop?.();
  say(form, "cancelled");
  (list(form).querySelector("button:not([hidden])") ?? form.querySelector("[data-picture-choose] input"))?.focus();
  next(form);
}

function leave(form, item) {
  const state = stateOf(form);
  state.items = state.items.filter((other) => other !== item);
  item.line.remove();
  list(form).hidden = !state.items.length;
  if (!state.items.length) form.querySelector("[data-send-without]").hidden = true;
}

// What arrives after the post was sent is in no post, and its writer is told.
async function throwAway(form, item) {
  const place = form.isConnected ? form : document.querySelector("form[data-draft]");
  const { upload } = (place ?? form).querySelector("[data-pictures]").dataset;
  const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
  if (place && item.state !== "gone") say(place, "late", { name: item.label.textContent });
  await fetch(`${upload}${item.id}/`, { method: "POST", body: new URLSearchParams({ _method: "DELETE", csrfmiddlewaretoken: token }) });
}

// The send waits, before anything else hears of it. Looking first and the steps do not.
document.addEventListener(
  "submit",
  (event) => {
    const state = states.get(event.target);
    if (!state?.items.length || event.submitter?.name) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    state.waits = event.submitter ?? event.target.querySelector("button.btn");
    event.target.querySelector("[data-send-without]").hidden = false;
    say(event.target, "holding");
    next(event.target);
  },
  true,
);

function goOn(form, state) {
  const { waits } = state;
  state.waits = null;
  if (state.items.length) say(form, "unfinished");
  else waits.click();
}

document.addEventListener("click", ({ target }) => {
  const step = target.closest?.("button[name^=picture_]");
  const row = step?.closest("[data-picture]");
  if (row) pressed = { name: step.name, id: row.dataset.picture, at: rowsOf(step.form).indexOf(row) };
  if (!target.closest?.("[data-send-without]")) return;
  const { form } = target;
  const state = stateOf(form);
  for (const item of [...state.items]) {
    leave(form, item);
    item.isLate = true;
    item.state = "late";
    if (!item.isUp) item.stop?.();
  }
  (state.waits ?? form.querySelector("button.btn")).click();
  state.waits = null;
});

// After a step the focus is where the writer was: at the row that moved, or the next of one that went.
document.addEventListener("htmx:afterSettle", ({ detail: { elt } }) => {
  const box = elt.closest?.("[data-pictures]");
  if (!box || !pressed) return;
  const rows = rowsOf(box.form);
  const row = rows.find(({ dataset }) => dataset.picture === pressed.id) ?? rows[Math.min(pressed.at, rows.length - 1)];
  const buttons = [...(row?.querySelectorAll("button") ?? [])].filter((one) => one.offsetParent);
  (buttons.find((one) => one.name === pressed.name) ?? buttons[0] ?? box.querySelector("input[type=file]"))?.focus();
  if (pressed.name === "picture_drop") say(box.form, "removed");
  else say(box.form, "moved", { number: rows.indexOf(row) + 1 });
  box.dispatchEvent(new Event("input", { bubbles: true }));
  pressed = null;
});

window.addEventListener("beforeunload", (event) => {
  if ([...document.forms].some((form) => states.get(form)?.items.length)) event.preventDefault();
});

// What was chosen before this file arrived. Last, for all of the above has to be there.
for (const input of document.querySelectorAll("[data-pictures] input[type=file]")) chosen(input);
