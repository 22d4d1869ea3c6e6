// Chinese texts in the other script, in place. What was written stays in the page and comes back at a tap;
// every character keeps its place, so that links and words stay where they are.

import { elementsOf, nodesOf, own, unwrap } from "./reading-words.js";

const page = document.documentElement;
const MOST = 40; // texts in one request
const asked = new WeakMap(); // text -> the script it was asked for in
const written = new WeakMap(); // text -> how to take the conversion back

function wanted() {
  const to = page.dataset.script ?? "";
  return to === "written" ? "" : to;
}

// All texts of the page in the script that the reader wants.
export async function showAll() {
  const texts = [...document.querySelectorAll("[data-passage]")].filter((text) => !text.dataset.ownScript && asked.get(text) !== wanted());
  for (const text of texts) asked.set(text, wanted());
  if (!wanted()) {
    for (const text of texts) takeBack(text);
    return;
  }
  const ids = [...new Set(texts.map((text) => text.dataset.passage))];
  for (let at = 0; at < ids.length; at += MOST) await convert(ids.slice(at, at + MOST), wanted());
}

async function convert(ids, to) {
  try {
    const address = document.querySelector(".helps").dataset.scripts;
    const answer = await fetch(`${address}?to=${to}&ids=${ids.join(",")}`);
    if (!answer.ok) return;
    const { texts } = await answer.json();
    for (const id of Object.keys(texts)) {
      for (const text of document.querySelectorAll(`[data-passage="${id}"]`)) put(text, texts[id], to);
    }
  } catch {
    // Without the network the texts stay as they were written.
  }
}

function put(text, halves, to) {
  takeBack(text);
  const undo = halves.flatMap((half) => replaced(text, half));
  if (!undo.length) return;
  written.set(text, undo);
  text.dataset.shownScript = to;
  label(text);
  text.dispatchEvent(new CustomEvent("exchange:script", { bubbles: true }));
}

// The half's characters, node by node; gives what puts the old ones back.
function replaced(text, { selector, text: converted, language }) {
  unwrap(text);
  const elements = elementsOf(text, selector);
  const nodes = nodesOf(elements);
  const shown = nodes.map(([node]) => node.data).join("");
  // Another version of the text than the page has. What the page's layout puts behind it does not count.
  if (shown.length < converted.length || shown.slice(converted.length).trim()) return [];
  const lang = language === "zh-hans" ? "zh-Hans" : "zh-Hant";
  const marked = elements.flatMap((element) => [element, ...element.querySelectorAll("[lang]")]);
  const undo = marked.filter((element) => element.lang.startsWith("zh") && !element.closest(".source")).map((element) => {
    const old = element.lang;
    element.lang = lang;
    return () => (element.lang = old);
  });
  for (const [node, at] of nodes) {
    const now = converted.slice(at, at + node.length);
    if (!now || now === node.data) continue;
    const old = node.data;
    node.data = now;
    undo.push(() => (node.data = old));
  }
  return undo;
}

function takeBack(text) {
  const undo = written.get(text);
  if (!undo) return;
  unwrap(text);
  undo.forEach((back) => back());
  written.delete(text);
  delete text.dataset.shownScript;
  label(text);
  text.dispatchEvent(new CustomEvent("exchange:script", { bubbles: true }));
}

// That it was converted, and under a post the way back.
function label(text) {
  const said = document.querySelector(".helps").dataset;
  const shown = Boolean(text.dataset.shownScript);
  const [link] = own(text, "a.script");
  own(text, ".converted")[0]?.remove();
  if (link) turnLabel(link, shown, said);
  if (!shown) return;
  const mark = Object.assign(document.createElement("small"), { className: "hush-line converted", lang: page.lang, textContent: said.converted });
  if (link) link.after(mark);
  else (own(text, ".acts")[0] ?? text).append(" ", mark);
}

function turnLabel(link, shown, said) {
  const sign = link.firstElementChild;
  link.dataset.sign ??= sign.textContent;
  link.dataset.says ??= link.getAttribute("aria-label");
  sign.textContent = shown ? said.written : link.dataset.sign;
  sign.lang = shown ? page.lang : link.dataset.to === "hans" ? "zh-Hans" : "zh-Hant";
  link.setAttribute("aria-label", shown ? said.written : link.dataset.says);
}

async function turn(link) {
  const text = link.closest("[data-passage]");
  text.dataset.ownScript = "yes"; // from now on this post goes its own way
  if (text.dataset.shownScript) {
    takeBack(text);
    return;
  }
  await convert([text.dataset.passage], link.dataset.to);
  if (!text.dataset.shownScript) location.assign(link.href);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a.script");
  if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  turn(link);
});
document.addEventListener("exchange:added", () => wanted() && showAll());
// A post that is drawn anew keeps the script that its reader chose for it.
document.addEventListener("exchange:redrawn", ({ detail: { shown, article } }) => {
  if (!shown.dataset.ownScript || !article.dataset.passage) return;
  article.dataset.ownScript = "yes";
  if (shown.dataset.shownScript) convert([article.dataset.passage], shown.dataset.shownScript);
});

export function start(event, link) {
  turn(link);
}

if (wanted()) showAll();
