// The bell of every open page of one person. Fetched with the first such frame.

import { nodes } from "./nodes.js";

const bell = document.querySelector(".bell");
const list = document.querySelector(".notices");
const newer = document.querySelector('[data-live="notices"]');

export function apply({ html, unread }) {
  const before = unreadIn(bell);
  bell.replaceChildren(nodes(html));
  if (!list) return;
  if (unread > before) newer.hidden = false;
  if (!unread) settle();
}

function unreadIn(element) {
  return parseInt(element.querySelector(".number")?.textContent ?? "0", 10);
}

// Another page marked them all as read.
function settle() {
  newer.hidden = true;
  document.querySelector("[data-mark-read]")?.remove();
  for (const item of list.querySelectorAll(".unread")) {
    item.classList.remove("unread");
    item.querySelector(".badge")?.remove();
  }
}
