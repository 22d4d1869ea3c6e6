// The card that says what a word means. It stands beside the word, on a phone at the screen's foot; the
// focus goes to it, so that it is read out, and back to the word when it closes.

import { elementsBeside, reach, textAround } from "./reading-words.js";

const page = document.documentElement;
const PHONE = matchMedia("(max-width: 40rem)");
const GAP = 6; // px between the word and its card
let card = null;
let word = null; // what the card is of
const kept = new Set(); // words put on the list from this page

export function isOpen() {
  return card !== null;
}

export function openFor(target) {
  if (target === word) return;
  close(false);
  word = target;
  const text = textAround(word);
  const said = text.wordsOf;
  word.classList.add("is-open");
  for (const part of partsOf(word)) part.classList.add("is-open");
  reach(word);
  card = drawn(said.entries[word.dataset.entry], said.labels, partsOf(word).map(writing).join(""), text);
  document.body.append(card);
  place();
  card.querySelector("[tabindex]").focus({ preventScroll: true });
}

export function close(back = true) {
  if (!card) return;
  const target = word;
  card.remove();
  card = word = null;
  for (const open of document.querySelectorAll(".word.is-open")) open.classList.remove("is-open");
  if (back && target.isConnected) target.focus({ preventScroll: true });
}

// On to the word before or behind. At either end of the text it stays.
export function step(from, by) {
  const target = beside(from ?? word, by);
  if (!target) return null;
  if (card) openFor(target);
  return target;
}

// The word's post was drawn anew: the card goes on being of the same word.
export function stay(target) {
  word = target;
  for (const part of partsOf(word)) part.classList.add("is-open");
  reach(word);
}

// Something above it may be longer or shorter now. On a phone it does not stand beside its word.
export function follow() {
  if (card && !PHONE.matches) place();
}

export function current() {
  return word;
}

export function beside(from, by) {
  const words = elementsBeside(from).flatMap((element) => [...element.querySelectorAll(".word")]);
  const firsts = words.filter((one, at) => one.dataset.place !== words[at - 1]?.dataset.place);
  return firsts[firsts.findIndex((one) => one.dataset.place === from.dataset.place) + by] ?? null;
}

// On from the card's end the tab key goes to what stands behind the word.
export function leave(event) {
  const stops = [...card.querySelectorAll("a[href], button:not([disabled])")];
  const last = event.shiftKey ? [card.querySelector("[tabindex]"), stops[0]] : [stops[stops.length - 1]];
  if (last.includes(document.activeElement)) close();
}

// A word that a link or emphasis divides has several elements.
function partsOf(one) {
  return elementsBeside(one).flatMap((element) => [...element.querySelectorAll(`.word[data-place="${one.dataset.place}"]`)]);
}

function writing(one) {
  return [...one.childNodes].map((node) => node.firstChild?.data ?? node.data ?? "").join("");
}

// Where it stands

function place() {
  if (PHONE.matches) {
    const under = word.getBoundingClientRect().bottom + GAP - card.getBoundingClientRect().top;
    if (under > 0) scrollBy({ top: under, behavior: "instant" });
    return;
  }
  const at = word.getClientRects()[0] ?? word.getBoundingClientRect();
  const { offsetWidth: wide, offsetHeight: high } = card;
  const right = page.clientWidth - wide - 8;
  const below = at.bottom + GAP + high <= innerHeight || at.top - GAP - high < 0;
  card.style.left = `${scrollX + Math.max(8, Math.min(at.left, right))}px`;
  card.style.top = `${scrollY + (below ? at.bottom + GAP : at.top - GAP - high)}px`;
}

addEventListener("resize", () => card && place());

// What stands in it

function make(name, options = {}, ...children) {
  const { lang, ...rest } = options;
  const element = Object.assign(document.createElement(name), rest);
  if (lang) element.lang = lang;
  if (lang) element.dir = "auto";
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

function drawn(entry, labels, written, text) {
  const title = make("p", { className: "word-title", tabIndex: -1, id: "word-card-title" }, headline(entry, written));
  const box = make("div", { className: "word-card" }, bar(title, labels), ...meaning(entry, labels), foot(entry, labels, text));
  box.setAttribute("role", "dialog");
  box.setAttribute("aria-label", labels.card);
  box.lang = page.lang;
  return box;
}

function headline(entry, written) {
  const lang = entry.language === "en" ? "en" : langOf(word);
  const sound = entry.language === "zh" ? make("span", { className: "sound", lang: "und" }, soundOf(entry)) : "";
  return make("span", {}, make("b", { lang }, written), " ", sound);
}

function langOf(element) {
  const lang = element.closest("[lang]").lang;
  return lang.startsWith("zh") ? lang : "zh-Hans";
}

function soundOf(entry) {
  if (page.dataset.zhuyin !== "on") return entry.pinyin;
  return Array.isArray(entry.zhuyin) ? entry.zhuyin.join(" ") : entry.zhuyin;
}

function bar(title, labels) {
  const shut = make("button", { type: "button", className: "close", textContent: "×" });
  shut.setAttribute("aria-label", labels.close);
  shut.dataset.shut = "";
  return make("div", { className: "word-bar" }, title, button("‹", labels.previous, -1), button("›", labels.next, 1), shut);
}

function button(sign, label, by) {
  const element = make("button", { type: "button", className: "close", textContent: sign });
  element.setAttribute("aria-label", label);
  element.dataset.by = by;
  element.disabled = !beside(word, by);
  return element;
}

function meaning(entry, labels) {
  const parts = [];
  if (entry.term) parts.push(...ofGlossary(entry.term, labels));
  if (entry.language === "en") {
    if (entry.word.toLowerCase() !== word.textContent.toLowerCase() && !entry.term) {
      parts.push(make("p", { className: "quiet" }, labels.base, " ", make("span", { lang: "en" }, entry.word)));
    }
    const chinese = page.lang === "zh-Hant" ? "zh-Hant" : "zh-Hans";
    if (entry.senses.length) parts.push(make("p", { className: "senses", lang: chinese }, entry.senses.join("；")));
  } else {
    for (const reading of entry.readings) parts.push(ofReading(reading, entry, labels));
    if (entry.senses.length) parts.push(make("p", { className: "senses", lang: "en" }, entry.senses.join("; ")));
    if (entry.number) parts.push(make("p", { className: "senses" }, entry.number));
  }
  return parts.length ? parts : [make("p", { className: "quiet" }, labels.unknown)];
}

function ofReading(reading, entry, labels) {
  const alike = reading.simplified === reading.traditional;
  const head = make("p", { className: "quiet" }, make("span", { lang: "zh-Hans" }, reading.simplified));
  if (!alike) head.append(" / ", make("span", { lang: "zh-Hant" }, reading.traditional));
  if (entry.readings.length > 1) head.append(" ", make("span", { className: "sound", lang: "und" }, soundOf(reading)));
  const list = make("ol", { className: "senses", lang: "en" }, ...reading.senses.map((sense) => make("li", {}, sense)));
  const section = make("div", { className: "word-reading" }, alike && entry.readings.length === 1 ? "" : head, list);
  if (reading.measures.length) {
    section.append(make("p", { className: "quiet" }, labels.measures, " ", make("span", { lang: "zh-Hans" }, reading.measures.join(" "))));
  }
  for (const other of reading.see) {
    const name = make("span", { lang: "zh-Hans" }, other.word);
    const senses = make("span", { lang: "en" }, other.senses.join("; "));
    section.append(make("p", { className: "quiet" }, labels.see, " ", name, " ", make("span", { lang: "und" }, other.pinyin), " ", senses));
  }
  return section;
}

function ofGlossary(term, labels) {
  const names = make("p", { className: "of-glossary" }, make("b", { lang: page.lang === "zh-Hant" ? "zh-Hant" : "zh-Hans" }, term.zh[0] ?? ""), " · ", make("b", { lang: "en" }, term.en[0] ?? ""));
  const note = make("p", { lang: term.language }, term.note);
  const link = term.address ? make("p", {}, make("a", { href: term.address }, labels.glossary)) : "";
  return [names, note, link].filter(Boolean);
}

// The word list, for members

function foot(entry, labels, text) {
  const token = document.querySelector("input[name=csrfmiddlewaretoken]")?.value;
  if (!page.dataset.user || !token) return null;
  const keep = make("button", { type: "button", className: "tool" }, kept.has(entry.word) ? labels.kept : labels.keep);
  const line = make("p", { className: "word-foot" }, keep);
  line.setAttribute("aria-live", "polite");
  keep.addEventListener("click", async () => {
    if (kept.has(entry.word)) return;
    const form = new URLSearchParams({ word: entry.word, passage: text.dataset.passage, csrfmiddlewaretoken: token });
    keep.textContent = await sent(form, labels, entry.word);
  });
  return line;
}

async function sent(form, labels, name) {
  try {
    const answer = await fetch(`/${page.dataset.language}/words/`, { method: "POST", body: form, headers: { Accept: "application/json" } });
    if (answer.ok) kept.add(name);
    return answer.ok ? labels.kept : ((await answer.json()).reason ?? labels.failed);
  } catch {
    return labels.failed;
  }
}
