// Keeps an open thread up to date. The socket only brings results; what was missed while it was
// away is asked for by HTTP. Without this file the page is as new as its last load.

const posts = document.querySelector("#posts[data-scope]");
const page = document.documentElement;

const SOONEST = 1000; // ms before the first new try; each one waits twice as long
const SLOWEST = 30_000;
const SUSPENDED = 4403;
const policy = window.trustedTypes?.createPolicy("exchange", { createHTML: (html) => html });

const shownBy = new Map(); // post number -> the event that it was last shown by
const more = new Set(); // numbers of new posts that stand on a later page
const madeAt = Number(posts?.dataset.since ?? 0); // the last event that the page was made with
let since = madeAt;
let socket = null;
let tries = 0;
let timer = 0;

// The socket

function connect() {
  clearTimeout(timer);
  socket?.close();
  const opening = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/ws/`);
  socket = opening;
  opening.addEventListener("open", () => {
    opening.send(JSON.stringify({ watch: posts.dataset.scope, language: page.dataset.language }));
  });
  opening.addEventListener("message", (event) => hear(JSON.parse(event.data)));
  opening.addEventListener("close", (event) => {
    if (socket !== opening) return;
    socket = null;
    if (event.code !== SUSPENDED) tryAgain();
  });
}

// Back-off with jitter: after a restart not everybody comes back at the same moment.
function tryAgain() {
  clearTimeout(timer);
  const wait = Math.min(SLOWEST, SOONEST * 2 ** tries);
  tries += 1;
  timer = setTimeout(connect, wait * (0.5 + Math.random() / 2));
}

function hear(message) {
  if (message.watching) {
    tries = 0;
    if (message.event > since) catchUp(); // or the page is as new as the ledger
  } else if (message.kind) {
    apply(message);
  }
}

// When the network returns, a socket that died with it may still seem open: a new one is opened.
function lookAgain(event) {
  if (document.visibilityState === "hidden") return;
  if (socket?.readyState === WebSocket.OPEN && event.type !== "online") {
    catchUp();
  } else if (socket?.readyState !== WebSocket.CONNECTING) {
    tries = 0;
    connect();
  }
}

// Catching up. One request at a time; being asked meanwhile means one more.

let asking = false;
let askAgain = false;

async function catchUp() {
  askAgain = asking;
  if (asking) return;
  asking = true;
  try {
    const answer = await fetch(`${posts.dataset.changes}?since=${since}`);
    if (answer.ok) take(await answer.json());
  } catch {
    // The network is away. When it returns the socket does, and asks again.
  }
  asking = false;
  if (askAgain) catchUp();
}

function take(missed) {
  if (missed.reload) {
    show(note("changed"));
    return;
  }
  missed.frames.forEach(apply);
  since = Math.max(since, missed.event);
}

// Frames

function apply(frame) {
  if (frame.scope !== posts.dataset.scope) return;
  if (frame.kind === "post") applyPost(frame);
  // Catching up repeats the last few events: what the page was made with changed nothing since.
  if (frame.kind === "thread" && frame.event > since) show(note("changed"));
  since = Math.max(since, frame.event);
}

function applyPost(frame) {
  if ((shownBy.get(frame.number) ?? 0) >= frame.event) return;
  const shown = document.getElementById(`post-${frame.number}`);
  if (!shown && posts.dataset.lastPage !== "true") {
    if (frame.verb === "post.created" && frame.event > madeAt) countMore(frame.number);
    return;
  }
  const article = parse(frame.html);
  if (!article) return;
  if (shown && keeps(shown, article, frame.verb)) return;
  shownBy.set(frame.number, frame.event);
  if (shown?.dataset.show) article.dataset.show = shown.dataset.show;
  if (shown) replace(shown, article);
  else if (!insert(article, frame.number)) return;
  document.dispatchEvent(new CustomEvent("exchange:added", { detail: article }));
}

// Whoever reads with the keyboard stays where they were, on the post or on one of its links.
function replace(shown, article) {
  const focused = document.activeElement;
  const held = shown.contains(focused);
  shown.replaceWith(article);
  if (!held) return;
  article.tabIndex = -1;
  const links = [...article.querySelectorAll("a")];
  const same = links.find((link) => link.getAttribute("href") === focused.getAttribute("href"));
  (same ?? article).focus({ preventScroll: true });
}

// Whether the page goes on showing its form of a post. That of its author or of a moderator may have more
// than the one that everybody is sent; where it might have more now, the page says that it can be had.
function keeps(shown, article, verb) {
  if (!mayRead(shown)) return false;
  const hidden = article.querySelector(":scope > .acts [data-undo]");
  const isPrivate = shown.hasAttribute("data-private");
  if (hidden && isPrivate) return true;
  const keptBack = article.querySelector("[data-kept-back]");
  const fewer = isPrivate && pictures(article) < pictures(shown);
  if (hidden || keptBack || (fewer && verb !== "post.created")) show(note("changed"));
  return fewer;
}

function pictures(article) {
  return article.querySelectorAll(".picture > :is(.frame, .veil)").length;
}

// A hidden post's author and moderators may still read it, on a page made for them.
function mayRead(article) {
  return posts.hasAttribute("data-moderates") || article.parentElement.classList.contains("own");
}

function parse(html) {
  const template = document.createElement("template");
  template.innerHTML = policy ? policy.createHTML(html) : html;
  return document.importNode(template.content, true).querySelector("article");
}

// A post of an earlier page that was edited has no place on this one.
function insert(article, number) {
  const places = [...posts.children];
  if (number < numberOf(places[0])) return false;
  const place = document.createElement("div");
  const own = page.dataset.user !== "" && article.dataset.author === page.dataset.user;
  place.className = own ? "place own" : "place";
  place.append(article);
  posts.insertBefore(place, places.find((other) => numberOf(other) > number) ?? null);
  if (!own) say(article.querySelector(".name")?.textContent ?? "");
  return true;
}

function numberOf(place) {
  return Number(place?.querySelector("article")?.id.slice("post-".length) ?? 0);
}

// Notes beside the posts: the template holds their words

function countMore(number) {
  more.add(number);
  const link = note("more");
  const count = link?.querySelector("[data-count]");
  if (count) count.textContent = more.size;
  show(link);
}

function say(name) {
  const status = note("status");
  if (status) status.textContent = (status.dataset.text ?? "").replace("{name}", () => name);
}

function note(name) {
  return document.querySelector(`[data-live="${name}"]`);
}

function show(element) {
  if (element) element.hidden = false;
}

if (posts && "WebSocket" in window) {
  connect();
  document.addEventListener("visibilitychange", lookAgain);
  window.addEventListener("online", lookAgain);
  // A page with an open socket is not kept for the way back.
  window.addEventListener("pagehide", () => {
    clearTimeout(timer);
    const closing = socket;
    socket = null;
    if (closing?.readyState === WebSocket.OPEN) closing.close(); // one that is opening ends with the page
  });
  window.addEventListener("pageshow", (event) => event.persisted && connect());
}
