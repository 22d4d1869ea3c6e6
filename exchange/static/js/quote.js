// Quotes posts in the reply that one is writing: the selected words, or the whole of a post, at the
// caret and without leaving the page. Without this file a post's "Reply" is a link that does it.

import { insert } from "./insert.js";

// As in the quotation that the server makes (boards/views.py); a Chinese character counts as two.
const LONGEST = 600;
const PAUSE = 200; // ms that a selection rests before the button is offered
// Never a hidden post's words, which its author and moderators alone still see.
const POST = "article.post:not(.gone)";

const form = document.querySelector("form#reply");
const button = document.querySelector("[data-quote]");
let field = null; // of the form, where the caret was last
let offered = null; // what the button would quote
let timer = 0;

form?.addEventListener("focusin", (event) => {
  if (event.target.matches("textarea")) field = event.target;
});

// Quotes the selected words. False where there are none, or nowhere to put them.
export function quoteSelection() {
  const selection = selected();
  if (!selection) return false;
  write(selection);
  getSelection().removeAllRanges();
  return true;
}

// Quotes a post's own words, and not its other half: they are what is answered.
export function quotePost(article) {
  const half = article.matches(POST) && article.querySelector('[data-half="original"]');
  if (!form || !half) return false;
  const room = { left: LONGEST };
  write({ article, lines: linesOf(half, room) });
  return true;
}

// What is selected

function selected() {
  const selection = getSelection();
  if (!form || !selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  for (const article of document.querySelectorAll(POST)) {
    const lines = range.intersectsNode(article) ? selectedIn(article, range) : [];
    if (lines.length) return { article, lines, range };
  }
  return null;
}

function selectedIn(article, range) {
  const room = { left: LONGEST };
  const shown = [...article.querySelectorAll("[data-half]")].filter((half) => half.getClientRects().length);
  const parts = shown.filter((half) => range.intersectsNode(half)).map((half) => linesOf(within(half, range), room));
  return joined(parts);
}

function within(half, range) {
  const part = document.createRange();
  part.selectNodeContents(half);
  if (range.compareBoundaryPoints(Range.START_TO_START, part) > 0) part.setStart(range.startContainer, range.startOffset);
  if (range.compareBoundaryPoints(Range.END_TO_END, part) < 0) part.setEnd(range.endContainer, range.endOffset);
  return part.cloneContents();
}

// Its words as lines of Markdown that look like what was seen

const BLOCKS = new Set("P H3 H4 H5 H6 DIV BLOCKQUOTE UL OL LI PRE TABLE THEAD TBODY TR HR".split(" "));

function linesOf(node, room) {
  const parts = [];
  let words = "";
  const endBlock = () => {
    parts.push(words.split("\n").map(guarded).filter(Boolean));
    words = "";
  };
  for (const child of node.childNodes) {
    if (BLOCKS.has(child.nodeName)) {
      endBlock();
      if (!child.matches(".source")) parts.push(block(child, room));
    } else {
      words += inline(child, room);
    }
  }
  endBlock();
  return joined(parts);
}

function block(node, room) {
  if (node.matches("blockquote")) return linesOf(node, room).map((line) => `> ${line}`);
  if (node.matches("ul, ol")) return items(node, room);
  if (node.matches("pre")) return fenced(taken(node.textContent.trimEnd(), room));
  if (node.matches("thead, tbody, table")) return [...node.children].flatMap((row) => block(row, room));
  if (node.matches("tr")) return [[...node.children].map((cell) => inline(cell, room)).join(" | ")].map(guarded);
  return linesOf(node, room);
}

function items(node, room) {
  const first = node.matches("ol") ? node.start : null;
  return [...node.children].flatMap((item, at) => {
    const mark = first === null ? "- " : `${first + at}. `;
    return linesOf(item, room).map((line, row) => (row ? " ".repeat(mark.length) : mark) + line);
  });
}

function fenced(code) {
  if (!code) return [];
  const fence = "`".repeat(Math.max(3, ...[...code.matchAll(/`+/g)].map((run) => run[0].length + 1)));
  return [fence, ...code.split("\n"), fence];
}

function inline(node, room) {
  if (node.nodeName === "BR") return "\n";
  if (node.nodeType === Node.TEXT_NODE) return escaped(taken(node.data.replace(/[\t\n ]+/g, " "), room));
  return [...node.childNodes].map((child) => inline(child, room)).join("");
}

// The signs that mean something within a line. An underscore between letters means nothing.
function escaped(text) {
  return text.replace(/[\\`*~[<|_]|&(?=#?\w+;)/g, (sign, at) =>
    sign === "_" && /^\w_\w$/.test(text.slice(at - 1, at + 2)) ? sign : `\\${sign}`,
  );
}

// Those that mean something where a line begins.
function guarded(line) {
  return line
    .replace(/^[ \t]+|[ \t]+$/g, "")
    .replace(/^[-+=#>:]/, "\\$&")
    .replace(/^(\d{1,9})([.)])/, "$1\\$2");
}

function joined(parts) {
  const filled = parts.filter((lines) => lines.length);
  return filled.flatMap((lines, at) => (at ? ["", ...lines] : lines));
}

const WIDE = /[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]/u;

// As much of the text as there is room for, and a sign that it was cut; never half an emoji.
function taken(text, room) {
  if (room.left <= 0) return "";
  const letters = "Segmenter" in Intl ? [...new Intl.Segmenter().segment(text)].map((part) => part.segment) : [...text];
  const end = letters.findIndex((letter) => (room.left -= WIDE.test(letter) ? 2 : letter.length) < 0);
  return end < 0 ? text : `${letters.slice(0, end).join("").trimEnd()}…`;
}

// The quotation, as boards/views.py forms it

function write({ article, lines }) {
  const name = article.querySelector(".name").textContent.trim();
  const number = article.id.slice("post-".length);
  const source = `[${name} #${number}](/posts/${article.dataset.postId}/)`;
  const quoted = ["", ...lines].map((line) => `> ${line}`.trimEnd());
  const area = field ?? form.querySelector("textarea");
  const at = area === field ? area.selectionEnd : area.value.length;
  insert(area, `${gapBehind(area.value.slice(0, at))}> ${source}\n${quoted.join("\n")}\n\n`, at, at);
  area.scrollIntoView({ block: "nearest" });
}

function gapBehind(words) {
  if (!words || words.endsWith("\n\n")) return "";
  return words.endsWith("\n") ? "\n" : "\n\n";
}

// The button beside a selection

function offer() {
  offered = selected();
  button.hidden = !offered;
  if (!offered) return;
  const end = [...offered.range.getClientRects()].pop() ?? offered.range.getBoundingClientRect();
  const ground = (button.offsetParent ?? document.body).getBoundingClientRect();
  const left = Math.min(end.right, document.documentElement.clientWidth - button.offsetWidth - 8);
  button.style.left = `${Math.max(8, left) - ground.left}px`;
  button.style.top = `${end.bottom + 8 - ground.top}px`;
}

function offerSoon() {
  clearTimeout(timer);
  if (form && button) timer = setTimeout(offer, PAUSE);
}

document.addEventListener("selectionchange", offerSoon);

if (form && button) {
  // The press would take the selection away.
  button.addEventListener("mousedown", (event) => event.preventDefault());
  button.addEventListener("click", () => {
    if (offered) write(offered);
    getSelection().removeAllRanges();
    button.hidden = true;
  });
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a.answer");
  const elsewhere = event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
  if (!link || elsewhere || event.defaultPrevented) return;
  if (quotePost(link.closest("article"))) event.preventDefault();
});

// What this file was fetched for: a click on "Reply", or a press on words that may become a selection.
export function start(event, element) {
  if (event.type !== "click") offerSoon();
  else if (!quotePost(element.closest("article"))) location.assign(element.href);
}
