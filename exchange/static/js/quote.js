// Quotes posts in the reply that one is writing: the selected words, or the whole of a post, at the
// caret and without leaving the page. Without this file a post's "Reply" is a link that does it.

import { insert } from "./insert.js";
import { joined, linesOf } from "./markdown.js";

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
  return true;
}

// Quotes a post's own words, and not its other half: they are what is answered.
export function quotePost(article) {
  const half = article.matches(POST) && article.querySelector(".half.original");
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
  const shown = [...article.querySelectorAll(".half")].filter((half) => half.getClientRects().length);
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

// The quotation, as boards/views.py forms it

function write({ article, lines }) {
  const name = article.querySelector(".name").textContent.trim();
  const number = article.id.slice("post-".length);
  const source = `[${name} #${number}](/posts/${article.dataset.postId}/)`;
  const quoted = ["", ...lines].map((line) => `> ${line}`.trimEnd());
  const area = field ?? form.querySelector("textarea");
  // A caret at the start of a field that nobody was seen in is where browsers put it, not people.
  const at = area.selectionEnd || (area === field ? 0 : area.value.length);
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
