// Who has the thread open, and in which language somebody writes: two quiet lines, nothing that is said
// aloud. Fetched with the first such frame.

import { note } from "./live-reading.js";

const page = document.documentElement;
const posts = document.querySelector("#posts");
const muted = JSON.parse(posts.dataset.muted ?? "{}").names ?? [];
const own = document.querySelector(".menu .name")?.textContent;
const MOST = 5; // names
const LANGS = { en: "en", zh: page.lang.startsWith("zh") ? page.lang : "zh-Hans" };

const lists = new Intl.ListFormat(page.lang, { type: "conjunction" });

export function apply(frame, { me }) {
  if (frame.kind === "presence") showHere(frame);
  else showTyping(frame.in.filter(([token]) => token !== me));
}

// Whoever is alone here is told nothing. Oneself is counted, and "you", unless one is not counted at all.
function showHere({ here, names }) {
  const line = note("here");
  if (!line) return;
  const counted = "noPresence" in posts.dataset ? 0 : 1;
  const others = names.filter((name) => name !== own && !muted.includes(name)).slice(0, MOST);
  const rest = here - others.length - counted;
  const people = [...(counted ? [line.dataset.you] : []), ...others.map(named)];
  if (others.length && rest > 0) people.push(line.dataset.rest.replace("{count}", rest));
  const words = (here === 1 ? line.dataset.single : line.dataset.many).replace("{count}", here);
  const [before, after] = line.dataset.names.replace("{here}", () => words).split("{names}");
  const said = others.length ? [before, ...listed(people), after] : [words];
  line.replaceChildren(...(here > counted ? said : []));
}

function named(name) {
  const element = document.createElement("bdi");
  element.className = "name";
  element.translate = false;
  element.textContent = name;
  return element;
}

function showTyping(writing) {
  const line = note("typing");
  if (!line) return;
  const families = [...new Set(writing.map(([, family]) => family))].filter((family) => family in LANGS);
  const words = writing.length === 1 ? line.dataset.single : line.dataset.many;
  const [before, after] = words.replace("{count}", writing.length).split("{languages}");
  line.replaceChildren(...(families.length ? [before, ...listed(families.map(language)), after] : []));
}

// A language is called by its own name.
function language(family) {
  const element = document.createElement("span");
  element.textContent = note("typing").dataset[family];
  element.lang = LANGS[family];
  return element;
}

// Words and elements in a row, joined as the page's language joins them.
function listed(parts) {
  const places = lists.formatToParts(parts.map((_, index) => String(index)));
  return places.map(({ type, value }) => (type === "element" ? parts[Number(value)] : value));
}

// Without a socket nobody knows.
document.addEventListener("exchange:lost", () => {
  note("here")?.replaceChildren();
  note("typing")?.replaceChildren();
});
