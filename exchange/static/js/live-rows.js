// Says above a list of threads that some of them have news, and fetches them when that is asked for:
// until then nothing moves. Fetched with the first such frame.

import { nodes } from "./live-nodes.js";

const list = document.querySelector(".rows");
const muted = JSON.parse(document.querySelector("[data-rows]").dataset.muted || "{}");
const news = new Set(); // threads
const chip = document.querySelector('[data-live="rows"]');

export function apply({ thread, board }) {
  if (muted.threads?.includes(thread) || muted.boards?.includes(board)) return;
  news.add(thread);
  tell();
}

// More happened than is worth counting.
export function reload() {
  chip.querySelector("span").textContent = chip.dataset.any;
  chip.hidden = false;
}

function tell() {
  const words = news.size === 1 ? chip.dataset.single : chip.dataset.many;
  chip.querySelector("span").textContent = words.replace("{count}", news.size);
  chip.hidden = false;
}

chip.addEventListener("click", async (event) => {
  if (event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  const shown = new Set(news);
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    const fresh = answer.ok && nodes(await answer.text()).querySelector(".rows");
    if (!fresh) throw new Error(answer.status);
    list.replaceChildren(...fresh.children);
  } catch {
    location.reload();
    return;
  }
  shown.forEach((thread) => news.delete(thread));
  chip.hidden = !news.size;
  if (news.size) tell();
  document.dispatchEvent(new CustomEvent("exchange:added", { detail: list }));
  list.querySelector("a.title")?.focus();
});
