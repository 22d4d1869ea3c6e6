// Nobody who reads is disturbed: what they look at stays where it is. What came below it is counted by
// a chip and in the tab's title until it was seen, and said aloud once.

const page = document.documentElement;
let title = document.title;
const GATHERED = 700; // ms: several in a row are said in one sentence
const LATEST = 5000; // ms after the first of them
const MOST = 3; // names: whoever listens cannot skip them
const SEEN = 0.1; // of the window's height: a post is seen once it begins so far above the lower edge

export function note(name) {
  return document.querySelector(`[data-live="${name}"]`);
}

export function show(element) {
  if (element) element.hidden = false;
}

// Do something to the page without moving what its reader looks at. By hand in every browser: Safari has
// no scroll anchoring, and where the words themselves are replaced no browser's own has anything to hold.
export function still(change) {
  const anchor = read();
  const top = anchor?.getBoundingClientRect().top;
  page.style.overflowAnchor = "none";
  change();
  const moved = anchor?.getClientRects().length ? anchor.getBoundingClientRect().top - top : 0;
  if (Math.abs(moved) >= 1) window.scrollBy({ top: moved, behavior: "instant" });
  requestAnimationFrame(() => page.style.removeProperty("overflow-anchor"));
}

// What one writes in; else the first post that begins in view, the one that fills it, or what stands below.
function read() {
  const field = document.activeElement;
  if (field?.matches("textarea, input, select") && inView(field.getBoundingClientRect())) return field;
  if (window.scrollY <= 0) return null;
  const places = [...document.querySelectorAll("#posts > .place, #reply, footer")];
  const rects = places.map((place) => place.getBoundingClientRect());
  const begins = rects.findIndex(({ top }) => top >= edge() && top < innerHeight);
  return places[begins >= 0 ? begins : rects.findIndex(inView)] ?? null;
}

// Below the bar, which covers what stands under it.
function edge() {
  return Math.max(0, document.querySelector(".bar")?.getBoundingClientRect().bottom ?? 0);
}

function inView({ top, bottom }) {
  return bottom > edge() && top < innerHeight;
}

// New posts that nobody looked at yet, by their places: those may be drawn anew meanwhile.

const unseen = new Set();
const near = new Set(); // of them what stands in view, behind another tab
const elsewhere = new Map(); // by their numbers, the addresses of those on a later page

const eye = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) near.add(target);
      else near.delete(target);
    }
    look();
  },
  { rootMargin: `0px 0px -${SEEN * 100}% 0px` },
);

export function arrived(article) {
  const place = article.closest(".place");
  const rect = place.getBoundingClientRect();
  const isNear = inView(rect) && rect.top < innerHeight * (1 - SEEN);
  if (isNear) slideIn(place);
  if (!isNear || document.visibilityState === "hidden") {
    unseen.add(place);
    if (isNear) near.add(place);
    eye.observe(place);
    tell();
  }
  sayWho(article.querySelector(".name")?.textContent ?? "");
}

export function arrivedElsewhere(article, number) {
  if (elsewhere.has(number)) return;
  elsewhere.set(number, article.querySelector("a.number").href);
  tell();
  sayWho(article.querySelector(".name")?.textContent ?? "");
}

// A moderator or its author took it back.
export function withdrawn(number) {
  if (elsewhere.delete(number)) tell();
}

// The same on this page: what is gone before anybody looked is nothing to look for.
export function removed(article) {
  const place = article.closest(".place");
  if (!unseen.delete(place)) return;
  near.delete(place);
  eye.unobserve(place);
  tell();
}

function look() {
  if (document.visibilityState === "hidden") return;
  for (const place of near) {
    eye.unobserve(place);
    unseen.delete(place);
  }
  near.clear();
  tell();
}

function slideIn(place) {
  place.classList.add("arrives"); // the styles know who wants nothing to move
  place.addEventListener("animationend", () => place.classList.remove("arrives"), { once: true });
}

function tell() {
  const count = unseen.size + elsewhere.size;
  document.title = count ? `(${count}) ${title}` : title;
  const below = [...unseen].filter((place) => !near.has(place));
  put(note("new"), below.length, () => `#${first(below).querySelector("article").id}`);
  put(note("more"), elsewhere.size, () => elsewhere.get(Math.min(...elsewhere.keys())));
}

// The thread is called otherwise: its name is what the tab's title begins with.
export function retitle(old, fresh) {
  const [was, is] = [old, fresh].map((name) => name.replace(/\s+/g, " ").trim());
  if (!title.startsWith(was)) return;
  title = is + title.slice(was.length);
  tell();
}

function put(chip, count, address) {
  if (count) {
    chip.href = address();
    chip.querySelector("span").textContent = worded(chip, count);
  }
  chip.hidden = !count;
}

function first(places) {
  return places.reduce((one, other) => (one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_PRECEDING ? other : one));
}

function worded(element, count) {
  return (count === 1 ? element.dataset.single : element.dataset.many).replace("{count}", count);
}

// The keyboard goes along to where the link leads.
note("new")?.addEventListener("click", (event) => {
  const article = document.getElementById(event.currentTarget.hash.slice(1));
  if (!article) return;
  article.tabIndex = -1;
  article.focus({ preventScroll: true });
});

document.addEventListener("visibilitychange", look);

// Said aloud

const names = new Set();
let [replies, due, dueBy] = [0, 0, 0];

function sayWho(name) {
  const now = performance.now();
  if (!replies) dueBy = now + LATEST;
  replies += 1;
  names.add(name);
  clearTimeout(due);
  due = setTimeout(say, Math.min(GATHERED, dueBy - now));
}

function say() {
  const status = note("status");
  const who = [...names].slice(0, MOST);
  const rest = names.size - who.length;
  const words = replies === 1 ? status.dataset.text : status.dataset.many;
  const list = [...who, ...(rest ? [status.dataset.rest.replace("{count}", rest)] : [])];
  status.textContent = words
    .replace("{count}", replies)
    .replace("{name}", () => who[0])
    .replace("{names}", () => new Intl.ListFormat(page.lang, { type: "conjunction" }).format(list));
  names.clear();
  replies = 0;
}
