// Reading help: a tap on a word says what it means; levels write readings over the words. Loaded when
// somebody first asks for it. Links stay links, and text can be selected as everywhere.

import { beside, close, current, follow, isOpen, leave, openFor, stay, step } from "./reading-card.js";
import { annotate, elementsBeside, forget, halvesOf, handOn, own, reach, textAround, unwrap, wrap } from "./reading-words.js";

const page = document.documentElement;
const TEXTS = "article[data-passage], .picture[data-passage], :is(.page-head, .proposal) [data-passage]";
const PLACE = ".half, :is(.page-head, .proposal) [data-passage]";
const ready = styled();

// The styles come with this file, so that a page that is only read stays small.
function styled() {
  const address = document.querySelector(".helps")?.dataset.styles;
  if (!address || document.querySelector(`link[href="${address}"]`)) return Promise.resolve();
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: address });
  const loaded = new Promise((done) => {
    link.addEventListener("load", done);
    link.addEventListener("error", done);
  });
  document.head.append(link);
  return loaded;
}

// Taps

function isOff() {
  return page.dataset.help === "off";
}

function isTap(event) {
  const selected = getSelection();
  const free = !event.target.closest("a, button, input, label, summary, .source, code");
  return free && !event.button && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) && selected.isCollapsed;
}

async function tap(x, y, target) {
  const text = textAround(target);
  if (!text || isOff()) return;
  try {
    await Promise.all([ready, wrap(text)]);
  } catch {
    return; // the network is away: the text is still there to be read
  }
  annotate(text);
  const word = document.elementFromPoint(x, y)?.closest(".word");
  if (word && text.contains(word)) openFor(word);
}

document.addEventListener("click", (event) => {
  if (event.target.closest(".word-card")) return pressed(event);
  if (isOpen() && !event.target.closest(".word")) close(false);
  const link = event.target.closest("a.word-help");
  if (link && !event.defaultPrevented && isPlain(event)) {
    event.preventDefault();
    enter(link);
  } else if (event.target.closest(PLACE) && isTap(event)) {
    tap(event.clientX, event.clientY, event.target);
  }
});

function isPlain(event) {
  return !(event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
}

function pressed(event) {
  const button = event.target.closest("button");
  if (!button) return;
  if ("shut" in button.dataset) close();
  else if (button.dataset.by) step(null, Number(button.dataset.by));
}

// The post's link: its first word that can be seen, and the focus there.
async function enter(link) {
  const text = link.closest("[data-passage]");
  try {
    await Promise.all([ready, wrap(text)]);
  } catch {
    location.assign(link.href);
    return;
  }
  annotate(text);
  const shown = halvesOf(text).filter((half) => half.getClientRects().length);
  const first = shown.map((half) => half.querySelector(".word")).find(Boolean);
  if (first) openFor(first);
  else location.assign(link.href);
}

// Keys: arrows go from word to word, Enter opens, Escape closes.

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const word = event.target.closest?.(".word");
  const inCard = isOpen() && event.target.closest?.(".word-card") !== null;
  if (event.key === "Tab" && inCard) leave(event);
  if (event.key === "Escape" && isOpen()) {
    event.preventDefault();
    close(inCard || word !== null);
  } else if ((word || inCard) && ["ArrowLeft", "ArrowRight"].includes(event.key)) {
    event.preventDefault();
    go(word ?? current(), event.key === "ArrowRight" ? 1 : -1);
  } else if (word && (event.key === "Enter" || event.key === " ")) {
    event.preventDefault();
    openFor(word);
  }
});

function go(word, by) {
  if (isOpen()) {
    step(word, by);
    return;
  }
  const target = beside(word, by);
  if (!target) return;
  reach(target);
  target.focus();
}

document.addEventListener("focusin", (event) => {
  const word = event.target.closest?.(".word");
  if (word) reach(word, elementsBeside(word));
  // Focus that went on elsewhere leaves the card behind.
  if (isOpen() && !event.target.closest(".word-card, .word")) close(false);
});

// Levels: the posts that come into view, also those that arrive

const seen = "IntersectionObserver" in window ? new IntersectionObserver(look, { rootMargin: "300px 0px" }) : null;

function look(entries) {
  for (const entry of entries) if (entry.isIntersecting) show(entry.target);
}

async function show(text) {
  seen?.unobserve(text);
  if (!["rare", "all"].includes(page.dataset.help)) return;
  try {
    await Promise.all([ready, wrap(text)]);
    if (text.isConnected) annotate(text);
  } catch {
    // Without the network there are no readings; the text is there.
  }
}

function showAll() {
  for (const text of document.querySelectorAll(TEXTS)) {
    if (text.wordsOf) annotate(text);
    else if (["rare", "all"].includes(page.dataset.help)) seen ? seen.observe(text) : show(text);
  }
}

document.addEventListener("exchange:view", () => close(false));
// With the same words as before: their readings stay, and so does the card that somebody reads.
document.addEventListener("exchange:redrawn", ({ detail: { shown, article } }) => {
  for (const old of [shown, ...shown.querySelectorAll(TEXTS)].filter((text) => text.wordsOf)) {
    const text = old === shown ? article : article.querySelector(`.picture[data-passage="${old.dataset.passage}"]`);
    const at = own(old, ".word").indexOf(current());
    if (!text || !handOn(old, text)) continue;
    annotate(text);
    if (at >= 0) stay(own(text, ".word")[at]);
  }
});
document.addEventListener("exchange:added", () => {
  // A post that was changed comes as a new element: what was known of its words was of the old ones.
  for (const text of document.querySelectorAll(TEXTS)) if (!text.wordsOf) forget(text);
  if (!current()?.isConnected) close(false);
  follow();
  showAll();
});
document.addEventListener("exchange:help", () => {
  close(false);
  showAll();
});
// Another script: the same words in other characters.
document.addEventListener("exchange:script", (event) => {
  close(false);
  unwrap(event.target);
  showAll();
});

// What is copied has no readings

document.addEventListener("copy", (event) => {
  const selection = getSelection();
  if (event.defaultPrevented || event.target.closest?.("input, textarea") || selection.isCollapsed) return;
  const range = selection.getRangeAt(0);
  const part = document.createElement("div");
  part.append(range.cloneContents());
  if (!part.querySelector("rt")) return;
  for (const rt of part.querySelectorAll("rt, rp")) rt.remove();
  for (const extra of part.querySelectorAll("ruby, .word")) extra.replaceWith(...extra.childNodes);
  page.classList.add("is-copying"); // the readings are not drawn, so the selection's text has none
  event.clipboardData.setData("text/plain", selection.toString());
  page.classList.remove("is-copying");
  event.clipboardData.setData("text/html", part.innerHTML);
  event.preventDefault();
});

// What this file was fetched for: a tap, or the link under a post.
export function start(event, element) {
  if (element.matches?.("a.word-help")) enter(element);
  else if (event.type === "pointerup" && isTap(event)) tap(event.clientX, event.clientY, event.target);
}

showAll();
