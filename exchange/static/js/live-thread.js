// What moderators did with the thread that is open, and its figures. Fetched with the first such frame.

import { nodes } from "./live-nodes.js";
import { note, show, still } from "./live-reading.js";

const posts = document.querySelector("#posts");

const madeAt = Number(posts.dataset.since); // the last event that the page was made with
const shownBy = { thread: madeAt, chart: madeAt };
// The rest moves posts, or takes words away that stand in the heading: for that the page is made anew.
const IN_PLACE = ["locked", "unlocked", "pinned", "unpinned", "moved"].map((act) => `thread.${act}`);

export function apply(frame) {
  // Catching up repeats the last few events.
  if (frame.event <= shownBy[frame.kind]) return;
  shownBy[frame.kind] = frame.event;
  if (frame.kind === "chart") put("[data-thread-chart]", nodes(frame.html));
  else applyThread(frame);
}

function applyThread({ verb, states, refusal, closed }) {
  const wasClosed = posts.hasAttribute("data-closed");
  if (states !== undefined) put("[data-states]", nodes(states));
  if (closed !== undefined) posts.toggleAttribute("data-closed", closed);
  const isPut = refusal !== undefined && refuse(nodes(refusal), wasClosed);
  // A moderator's own acts say the opposite now, and what is not sent cannot be put in place.
  if (!isPut || !IN_PLACE.includes(verb) || posts.hasAttribute("data-moderates")) show(note("changed"));
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
