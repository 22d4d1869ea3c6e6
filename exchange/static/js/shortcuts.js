// Single keys for who reads with the keyboard. None of them works while one types, with a modifier, or
// where the person has turned them off (site.js asks before it hands a key on).

const SECOND = 1500; // ms for the second key of a pair
const help = document.querySelector("#shortcuts");
let leader = 0;

export function press(key) {
  if (leader && performance.now() - leader < SECOND) {
    leader = 0;
    follow({ h: ".brand", r: ".foot a[href$='/rules/']", m: ".foot a[href$='/moderation/log/']" }[key]);
  } else {
    ACTS[key]?.();
  }
}

const ACTS = {
  j: () => move(1),
  k: () => move(-1),
  r: () => focus("#reply textarea"),
  q: () => import("./quote.js").then((module) => module.quoteSelection()),
  e: () => follow(".own-only[href$='/edit/']", current()?.closest(".place.own") ?? [...document.querySelectorAll(".place.own")].at(-1)),
  v: nextView,
  n: () => location.assign(document.documentElement.dataset.newThread),
  g: () => {
    leader = performance.now();
  },
  "?": showHelp,
};

export function showHelp() {
  if (help.open || typeof help.showModal !== "function") return;
  help.hidden = false;
  for (const row of help.querySelectorAll("[data-needs]")) row.hidden = !document.querySelector(row.dataset.needs);
  help.showModal();
}

// A key may have fetched this file before the first click on the link: that click is answered once.
const answered = new WeakSet();

document.addEventListener("click", (event) => {
  if (!event.target.closest("button[data-help]")) return;
  answered.add(event);
  showHelp();
});

export function start(event) {
  if (!answered.has(event)) showHelp();
}

// Of a post that its reader muted the line in its place is one, until it is opened.
const STOPS = "article.post, .stub:not([open]) > summary, .rows .row";

function stops() {
  return [...document.querySelectorAll(STOPS)].filter((stop) => stop.matches("summary") || !stop.closest(".stub:not([open])"));
}

function current() {
  return document.activeElement?.closest(STOPS);
}

// From the one that has the focus, or else from the first that is on the screen.
function move(step) {
  const all = stops();
  const at = all.indexOf(current());
  const seen = all.findIndex((stop) => stop.getBoundingClientRect().bottom > 80);
  const next = all[at < 0 ? seen + (step < 0 ? -1 : 0) : at + step];
  if (next) stopAt(next);
  else if (at >= 0) turn(step);
}

function stopAt(next) {
  const target = next.matches(".row") ? next.querySelector("a.title") : next;
  if (next.matches("article")) next.tabIndex = -1;
  target.focus({ preventScroll: true });
  next.scrollIntoView({ block: next.matches(".row") ? "nearest" : "start" });
}

// On to the next page's first, or back to the last of the one before: `site.js` asks there.
function turn(step) {
  const link = document.querySelector(`.pager a[rel=${step > 0 ? "next" : "prev"}]`);
  if (!link) return;
  try {
    sessionStorage.setItem("exchange.step", step);
  } catch {
    // Storage may be forbidden: the page is turned all the same.
  }
  location.assign(link.href);
}

export function arrive(step) {
  const next = stops().at(step > 0 ? 0 : -1);
  if (next) stopAt(next);
}

function nextView() {
  const links = [...document.querySelectorAll(".views a")];
  const at = links.findIndex((link) => link.hasAttribute("aria-current"));
  links[(at + 1) % links.length]?.click();
}

function focus(selector) {
  document.querySelector(selector)?.focus();
}

function follow(selector, within = document) {
  const link = within?.querySelector(selector);
  if (link) location.assign(link.href);
}
