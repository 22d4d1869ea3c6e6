// Says above a list of threads that some of them have news, and fetches them when that is asked for:
// until then nothing moves. Fetched with the first such frame.

import { nodes } from "./nodes.js";

const list = document.querySelector(".rows");
const muted = JSON.parse(document.querySelector("[data-rows]").dataset.muted || "{}");
const news = new Map(); // by threads, the event that told of it
const seen = new Map(); // the same, of what was fetched since
const chip = document.querySelector('[data-live="rows"]');

// The page may be newer than a frame, and catching up repeats the last few events.
export function apply({ thread, board, event }) {
  if (muted.threads?.includes(thread) || muted.boards?.includes(board)) return;
  if (event <= shownBy(thread)) return;
  news.set(thread, Math.max(event, news.get(thread) ?? 0));
  tell();
}

// The last event that brought a thread up, as far as the page shows it. What does not stand on it may have
// been fetched, to stand on a later one.
function shownBy(thread) {
  const row = document.querySelector(`[data-thread="${thread}"]`);
  return Math.max(Number(row?.dataset.event ?? 0), seen.get(thread) ?? 0);
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
  const shown = new Map(news);
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    const fresh = answer.ok && nodes(await answer.text()).querySelector(".rows");
    if (!fresh) throw new Error(answer.status);
    list.replaceChildren(...fresh.children);
  } catch {
    location.reload();
    return;
  }
  shown.forEach((told, thread) => seen.set(thread, told));
  for (const [thread, told] of news) if (told <= shownBy(thread)) news.delete(thread);
  chip.hidden = !news.size;
  if (news.size) tell();
  document.dispatchEvent(new CustomEvent("exchange:added", { detail: list }));
  list.querySelector("a.title")?.focus();
});
