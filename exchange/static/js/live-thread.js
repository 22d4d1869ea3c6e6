// What moderators did with the thread that is open, its title and its figures. Fetched with the first such frame.

import { held } from "./live-kept.js";
import { nodes } from "./nodes.js";
import { isDoubtful, isOld } from "./live-order.js";
import { note, retitle, show, still } from "./live-reading.js";

const posts = document.querySelector("#posts");

const madeAt = Number(posts.dataset.since); // the last event that the page was made with
const made = { event: madeAt, at: madeAt };
const shownBy = {
  thread: { ...made, content: ofThread(posts.hasAttribute("data-closed"), document.querySelector("[data-states]")) },
  chart: { ...made, content: drawingOf(document.querySelector("[data-thread-chart]")) },
  title: { ...made, content: drawingOf(document.querySelector("[data-heading]")) },
};
const CHART = ".thread-chart";
// The rest moves posts, or takes words away that stand in the heading: for that the page is made anew.
const IN_PLACE = ["locked", "unlocked", "pinned", "unpinned", "moved"].map((act) => `thread.${act}`);

// Catching up repeats the last few events: what the page was made with is known by its words. A drawing and a
// heading say nothing by their event: the same one stays, with what its reader did to it.
export function apply(frame, one) {
  const isState = frame.kind === "thread";
  const content = isState ? ofThread(frame.closed, nodes(frame.states ?? "")) : drawingOf(nodes(frame.html));
  const told = { event: frame.event, at: frame.at, verb: frame.verb, content };
  const last = shownBy[frame.kind];
  if (isOld(told, last)) return;
  if (one.asking && isDoubtful(told, last)) one.askAgain = true;
  shownBy[frame.kind] = told;
  if (isState) applyThread(frame);
  else if (content === last.content) return;
  else if (frame.kind === "chart") drawChart(nodes(frame.html));
  else name(frame);
}

function applyThread({ verb, states, refusal, closed }) {
  const wasClosed = posts.hasAttribute("data-closed");
  if (states !== undefined) put("[data-states]", nodes(states));
  if (closed !== undefined) posts.toggleAttribute("data-closed", closed);
  const isPut = refusal !== undefined && refuse(nodes(refusal), wasClosed);
  // A moderator's own acts say the opposite now, and what is not sent cannot be put in place.
  if (!isPut || !IN_PLACE.includes(verb) || posts.hasAttribute("data-moderates")) show(note("changed"));
}

function ofThread(isClosed, states) {
  return `${isClosed} ${wordsOf(states)}`;
}

function wordsOf(element) {
  return element?.textContent.replace(/\s+/g, "") ?? "";
}

// As it was sent, whatever its reader opened since.
function drawingOf(drawn) {
  const place = document.createElement("div");
  place.append(...[...(drawn?.childNodes ?? [])].map((node) => node.cloneNode(true)));
  for (const opened of place.querySelectorAll("details")) opened.open = false;
  return place.innerHTML.trim();
}

function drawChart(content) {
  const [shown, fresh] = [document.querySelector(CHART), content.querySelector(CHART)];
  const handOn = shown && fresh && held(shown);
  put("[data-thread-chart]", content);
  handOn?.(fresh);
}

function name({ html, title }) {
  const place = document.querySelector("[data-heading]");
  const handOn = held(place);
  put("[data-heading]", nodes(html));
  handOn(place);
  retitle(place.dataset.title, title);
  place.dataset.title = title;
  document.dispatchEvent(new CustomEvent("exchange:added", { detail: place }));
}

function put(selector, content) {
  const place = document.querySelector(selector);
  if (place) still(() => place.replaceChildren(content));
}

// The line in the place of the reply form, whose words stay where they are. Where the page was made without
// a form, it can be had by loading it anew.
function refuse(refusal, wasClosed) {
  const line = document.querySelector("[data-refusal]");
  const isOpen = !refusal.textContent.trim();
  const form = document.querySelector("form#reply");
  if (!line) return false;
  if (isOpen && !form) return !wasClosed; // what stands there is about the reader, not the thread
  const writes = form?.contains(document.activeElement);
  still(() => {
    if (!isOpen) line.replaceChildren(refusal);
    line.hidden = isOpen;
    for (const part of [form, note("typing")]) if (part) part.hidden = !isOpen;
  });
  if (!isOpen && writes) {
    line.tabIndex = -1;
    line.focus({ preventScroll: true });
  }
  return true;
}
