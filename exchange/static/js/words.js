// The words of a composer's form: its fields by name, and whether two sets of them say the same.

const WORDS = ["title", "title_other", "body", "body_other"];
export const VERSIONS = ["version", "title_version"];
const FIELDS = ["board", ...WORDS, "language", "used_translator", "corrections", ...VERSIONS];

// A figure's fields are there once somebody adds one: `figure-0-amount`.
const FIGURE = /^figure-[0-7]-/;
// What was kept of figures whose rows the site still has to draw: it counts as standing in the form.
const coming = new WeakMap();

// The form's fields, or what stood in them as the page came.
export function words(form, asCame = false) {
  const found = asCame ? {} : { ...coming.get(form) };
  const figures = [...form.elements].map((field) => field.name).filter((name) => FIGURE.test(name));
  for (const name of [...FIELDS, ...figures]) {
    const field = form.elements[name];
    if (field) found[name] = asCame ? came(field) : field.type === "checkbox" ? (field.checked ? "on" : "") : field.value;
  }
  return found;
}

function came(field) {
  if (field.type === "checkbox") return field.defaultChecked ? "on" : "";
  if (field.options) return [...field.options].find((option) => option.defaultSelected)?.value ?? "";
  return field.defaultValue;
}

export function fill(form, kept) {
  const figures = Object.keys(kept).filter((name) => FIGURE.test(name));
  if (figures.some((name) => !form.elements[name])) {
    coming.set(form, Object.fromEntries(figures.map((name) => [name, kept[name]])));
    import("./figures.js").then((module) => module.show(form, kept, () => coming.delete(form)));
  }
  for (const name of [...FIELDS, ...figures]) {
    const field = form.elements[name];
    if (!field || (VERSIONS.includes(name) && !kept[name])) continue;
    if (field.type === "checkbox") field.checked = Boolean(kept[name]);
    else field.value = kept[name] ?? "";
  }
  if (kept.body_other) form.querySelector("details.more")?.setAttribute("open", "");
  form.elements.body.dispatchEvent(new Event("input", { bubbles: true }));
}

// "Reply" in another tab brings a quotation along.
export function quoting(form, kept) {
  const { quoted } = form.dataset;
  if (!quoted || tidy(kept.body ?? "").includes(tidy(quoted))) return kept;
  return { ...kept, body: kept.body?.trim() ? `${kept.body.trimEnd()}\n\n${quoted}` : quoted };
}

export function hasWords(words) {
  const figures = Object.keys(words).filter((name) => name.endsWith("-amount"));
  return [...WORDS, ...figures].some((name) => words[name]?.trim());
}

// The same for the same words, whether they come from a field, a copy or the site, which tidies them.
export function textOf(words) {
  const fields = [...WORDS, "board", "language", "used_translator", "corrections"].map((name) => tidy(words[name] ?? ""));
  const figures = Object.keys(words).filter((name) => FIGURE.test(name) && words[name]).sort();
  return JSON.stringify([...fields, ...figures.map((name) => `${name}=${tidy(words[name])}`)]);
}

export function tidy(value) {
  return value.normalize("NFC").replace(/\r\n?/g, "\n").replace(/[^\S\n]+$/gm, "").replace(/^\n+|\n+$/g, "");
}
