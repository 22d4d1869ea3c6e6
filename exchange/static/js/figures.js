// Figures in a composer: how an amount is understood is said while it is typed, cities are offered, and
// a figure is put into the text where the writer was. htmx brings and takes the rows (send.js).

import { insert } from "./insert.js";

const PAUSE = 400; // ms of rest before the site is asked
const bodies = new WeakMap(); // form -> the text field that was written in last
const timers = new Map(); // what waits for the rest, by its act

for (const box of document.querySelectorAll("[data-figures]")) ready(box);

document.addEventListener("focusin", ({ target }) => {
  if (target.matches('textarea[name^="body"]')) bodies.set(target.form, target);
});
document.addEventListener("htmx:afterSettle", ({ detail: { elt } }) => {
  const box = elt.closest("[data-figures]");
  if (box) arrived(box);
});
document.addEventListener("input", ({ target }) => {
  if (target.matches("input[data-places]")) later(offerPlaces, target);
  if (target.closest("[data-figure]")) later(understand, target.form);
});
document.addEventListener("change", ({ target }) => {
  if (target.closest("[data-figure]")) later(understand, target.form);
});
document.addEventListener("click", ({ target }) => {
  const button = target.closest("button[data-token]");
  if (button) place(button);
});

function later(act, element) {
  clearTimeout(timers.get(act));
  timers.set(act, setTimeout(() => act(element), PAUSE));
}

function ready(box) {
  for (const button of box.querySelectorAll("button[data-token]")) button.hidden = false;
}

// What came is where the writer goes on: the new row's amount, or what there is to choose from.
function arrived(box) {
  ready(box);
  const amounts = [...box.querySelectorAll('input[name$="-amount"]')];
  (amounts.find((field) => !field.value) ?? box.querySelector("select[name=figure_item]"))?.focus();
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

async function understand(form) {
  const rows = [...form.querySelectorAll("[data-figure]")];
  if (!rows.length) return;
  const typed = new URLSearchParams([...new FormData(form)].filter(([name]) => name.startsWith("figure-")));
  try {
    const answer = await fetch(rows[0].dataset.reading, { method: "POST", body: typed });
    const read = await answer.json();
    for (const row of rows) row.querySelector("[data-understood]").textContent = read[row.dataset.figure] ?? "";
  } catch {
    // Sending reads it as well, and asks back.
  }
}

async function offerPlaces(field) {
  if (!field.value.trim()) return;
  try {
    const answer = await fetch(`${field.dataset.places}?q=${encodeURIComponent(field.value)}`);
    const { places } = await answer.json();
    field.list.replaceChildren(...places.map(([name, area]) => Object.assign(new Option(area, name), { label: area })));
  } catch {
    // The name can be typed in full.
  }
}

function place({ dataset, form }) {
  const field = bodies.get(form) ?? form.elements.body;
  const end = field.value.length; // where nobody has written since the page came
  const [from, to] = bodies.has(form) ? [field.selectionStart, field.selectionEnd] : [end, end];
  insert(field, dataset.token, from, to);
}

// Figures that only this device has kept: the site draws their rows.
export async function show(form, kept, shown) {
  const box = form.querySelector("[data-figures]");
  const address = box?.querySelector("[hx-post]")?.getAttribute("hx-post");
  if (!address) return;
  const typed = Object.entries(kept).filter(([name]) => name.startsWith("figure-"));
  const token = form.elements.csrfmiddlewaretoken?.value ?? "";
  const body = new URLSearchParams([...typed, ["csrfmiddlewaretoken", token], ["figure_add", "1"]]);
  const answer = await fetch(address, { method: "POST", headers: { "HX-Request": "true" }, body });
  if (!answer.ok) return;
  const { parsed } = await import("./nodes.js");
  const fresh = parsed(await answer.text()).querySelector("[data-figures]");
  if (!fresh) return;
  box.replaceWith(fresh);
  shown();
  ready(fresh);
  fresh.dispatchEvent(new Event("input", { bubbles: true }));
  window.htmx?.process(fresh);
}
