// The words of a composer's form: its fields by name, and whether two sets of them say the same.

const WORDS = ["title", "title_other", "body", "body_other"];
export const VERSIONS = ["version", "title_version"];
const FIELDS = ["board", ...WORDS, "language", "used_translator", "corrections", ...VERSIONS];

// The fields of a figure or a picture are there once somebody adds one: `figure-0-amount`.
const KINDS = {
  figure: { is: /^figure-[0-7]-/, draws: () => import("./figures.js") },
  picture: { is: /^picture-[0-3]-/, draws: () => import("./pictures.js") },
};
const CARRIED = /^(figure-[0-7]|picture-[0-3])-/;
// What was kept of rows that the site still has to draw, by kind: it counts as standing in the form.
const coming = new WeakMap();

// The form's fields, or what stood in them as the page came.
export function words(form, asCame = false) {
  const found = asCame ? {} : Object.assign({}, ...Object.values(coming.get(form) ?? {}));
  const carried = [...form.elements].map((field) => field.name).filter((name) => CARRIED.test(name));
  for (const name of [...FIELDS, "pictures_shown", ...carried]) {
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
  const carried = Object.keys(kept).filter((name) => CARRIED.test(name));
  // A picture that was taken away does not come back with the page.
  for (const field of kept.pictures_shown ? form.querySelectorAll('[name^="picture-"][name$="-id"]') : []) {
    if (!kept[field.name]) field.closest("[data-picture]").remove();
  }
  for (const [kind, { is, draws }] of Object.entries(KINDS)) {
    const names = carried.filter((name) => is.test(name));
    const stands = (name) => form.elements[name] && (!name.endsWith("-id") || form.elements[name].value === kept[name]);
    if (names.every(stands)) continue;
    coming.set(form, { ...coming.get(form), [kind]: Object.fromEntries(names.map((name) => [name, kept[name]])) });
    draws().then((module) => module.show(form, kept, () => delete coming.get(form)[kind]));
  }
  for (const name of [...FIELDS, ...carried]) {
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
  const carried = Object.keys(words).filter((name) => /-amount$|^picture-.*-id$/.test(name));
  return [...WORDS, ...carried].some((name) => words[name]?.trim());
}

// The same for the same words, whether they come from a field, a copy or the site, which tidies them.
export function textOf(words) {
  const fields = [...WORDS, "board", "language", "used_translator", "corrections"].map((name) => tidy(words[name] ?? ""));
  const carried = Object.keys(words).filter((name) => CARRIED.test(name) && words[name]).sort();
  return JSON.stringify([...fields, ...carried.map((name) => `${name}=${tidy(words[name])}`)]);
}

export function tidy(value) {
  return value.normalize("NFC").replace(/\r\n?/g, "\n").replace(/[^\S\n]+$/gm, "").replace(/^\n+|\n+$/g, "");
}
