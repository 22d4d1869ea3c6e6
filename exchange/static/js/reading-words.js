// The words of a text on the page: asked for once a text, each put into an element of its own, with
// readings over them where they are wanted. Texts stay what they are: what is copied has no readings.

const page = document.documentElement;
const known = new Map(); // passage and script -> what the server knows of its words
const OURS = ".source, small, rt, rp"; // what stands in a half and is not its text

// The text that an element stands in, and its parts.
export function textAround(element) {
  return element?.closest?.("[data-passage]");
}

export function halvesOf(text) {
  return text.matches(".post, .picture") ? own(text, ".half") : [text];
}

// Of a text and not of another one within it: a post has its pictures' captions in it.
export function own(text, selector) {
  return [...text.querySelectorAll(selector)].filter((element) => textAround(element) === text);
}

// What the server says of a text's words, in the script that is shown. Throws where it cannot be had.
export function ask(text) {
  const script = text.dataset.shownScript ?? "";
  const key = `${text.dataset.passage} ${script} ${text.dataset.rendition ?? ""}`;
  if (!known.has(key)) {
    known.set(
      key,
      fetched(`/${page.dataset.language}/passages/${text.dataset.passage}/reading/?script=${script}`).catch((error) => {
        known.delete(key);
        throw error;
      }),
    );
  }
  return known.get(key);
}

async function fetched(address) {
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(answer.status);
  return answer.json();
}

// An edit sends the text anew: what was known of the old one is forgotten.
export function forget(text) {
  for (const key of known.keys()) if (key.startsWith(`${text.dataset.passage} `)) known.delete(key);
}

// The text nodes of a half's elements with the place where each begins.
export function nodesOf(elements) {
  const found = [];
  let at = 0;
  for (const element of elements) {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.parentElement.closest(OURS)) continue;
      found.push([node, at]);
      at += node.length;
    }
  }
  return found;
}

// Every word of a text into a <span class="word">, once.
export async function wrap(text) {
  const said = await ask(text);
  if (text.wordsOf === said || !text.isConnected) return said;
  unwrap(text);
  for (const half of said.halves) wrapHalf(elementsOf(text, half.selector), half, said.entries);
  text.wordsOf = said;
  return said;
}

// A post that is drawn anew with the same words has them as they were, without asking. Whether it has.
export function handOn(old, text) {
  const said = old.wordsOf;
  if (!said) return false;
  const halves = said.halves.map((half) => [half, partsOf(old, half), partsOf(text, half)]);
  if (halves.some(([, before, now]) => written(before) !== written(now))) return false;
  for (const [half, , now] of halves) wrapHalf(now, half, said.entries);
  text.wordsOf = said;
  // More halves than were asked about: that is asked with the next tap.
  if (own(text, ".half:not(.device)").length !== own(old, ".half:not(.device)").length) forget(text);
  return true;
}

function partsOf(text, { selector }) {
  return own(text, selector);
}

function written(elements) {
  return nodesOf(elements).map(([node]) => node.data).join("");
}

// Also of a preview or of a second copy of a title: within the text itself, not the first in the page.
export function elementsOf(text, selector) {
  return [...document.querySelectorAll(selector)].filter((element) => textAround(element) === text);
}

function wrapHalf(elements, half, entries) {
  let place = 0;
  for (const [node, begin] of nodesOf(elements)) {
    const end = begin + node.length;
    const parts = document.createDocumentFragment();
    let at = begin;
    for (; place < half.words.length && half.words[place][0] < end; place += 1) {
      const [start, stop, index] = half.words[place];
      const from = Math.max(start, begin);
      const to = Math.min(stop, end);
      if (from > at) parts.append(node.data.slice(at - begin, from - begin));
      parts.append(wordElement(node.data.slice(from - begin, to - begin), place, index, from - start));
      at = to;
      if (stop > end) break; // the rest of it stands in the next node
    }
    if (at === begin) continue;
    if (at < end) parts.append(node.data.slice(at - begin));
    node.replaceWith(parts);
  }
  const first = elements.flatMap((element) => [...element.querySelectorAll(".word")])[0];
  if (first && entries.length) reach(first, elements);
}

function wordElement(text, place, index, part) {
  const span = document.createElement("span");
  span.className = "word";
  span.tabIndex = -1;
  span.textContent = text;
  span.dataset.place = place;
  span.dataset.entry = index;
  span.dataset.part = part; // where it begins in its word
  return span;
}

// One word of a half is its stop for the tab key; it alone says that it can be pressed.
export function reach(word, elements = null) {
  const halves = elements ?? elementsBeside(word);
  for (const half of halves) {
    for (const other of half.querySelectorAll('.word[tabindex="0"]')) {
      other.tabIndex = -1;
      other.removeAttribute("role");
    }
  }
  word.tabIndex = 0;
  if (!word.closest("a")) word.setAttribute("role", "button");
}

// The elements of the half that a word stands in.
export function elementsBeside(word) {
  const text = textAround(word);
  const selector = text.wordsOf?.halves.map((half) => half.selector).find((one) => elementsOf(text, one).some((e) => e.contains(word)));
  return selector ? elementsOf(text, selector) : [];
}

export function unwrap(text) {
  for (const word of own(text, ".word")) {
    bare(word);
    word.replaceWith(...word.childNodes);
  }
  for (const element of halvesOf(text)) element.normalize();
  delete text.wordsOf;
}

// Readings

export function readingOf(entry, zhuyin) {
  return zhuyin ? entry.zhuyin : entry.sounds;
}

// Readings over the words of a text as the page's level says; none takes them away.
export function annotate(text) {
  const { entries } = text.wordsOf;
  const { help, zhuyin } = page.dataset;
  for (const word of own(text, ".word")) {
    const entry = entries[word.dataset.entry];
    const wanted = entry.language === "zh" && (help === "all" || (help === "rare" && entry.rare));
    bare(word);
    if (wanted) put(word, readingOf(entry, zhuyin === "on"));
  }
  for (const half of halvesOf(text)) half.classList.toggle("with-readings", half.querySelector("rt") !== null);
}

function put(word, sounds) {
  const from = Number(word.dataset.part);
  const { length } = [...word.textContent];
  const ruby = document.createElement("ruby");
  const rt = document.createElement("rt");
  rt.setAttribute("aria-hidden", "true"); // it would be read between the words; the card says it
  rt.textContent = sounds.slice(from, from + length).join("");
  ruby.append(word.textContent, rt);
  word.replaceChildren(ruby);
}

function bare(word) {
  const ruby = word.querySelector("ruby");
  if (!ruby) return;
  ruby.querySelector("rt").remove();
  word.textContent = ruby.textContent;
}
