// The one socket of a page. It only brings results: what was missed while it was away is asked for by
// HTTP, and a page that gets none asks every 20 seconds. Without this file a page is as new as its last load.

const page = document.documentElement;
const posts = document.querySelector("#posts[data-scope]");
const rows = document.querySelector("[data-rows]");
const note = (name) => document.querySelector(`[data-live="${name}"]`);

const [SOONEST, SLOWEST] = [1000, 30_000]; // ms before the first new try; each one waits twice as long
const RESTART = 10_000; // ms within which everybody is back after a restart
const [MINUTE, POLL] = [60_000, 20_000];
const IN_VAIN = 3; // tries; then the page asks by itself
const HIDDEN = 10 * MINUTE; // a tab in the back for so long lets its socket go
const BACK = 5000; // ms for which it is said that all is well again
// The site says something every 25 seconds: after so long a socket is dead, or doubtful to whoever returns.
const [SILENCE, DOUBT, LOOK] = [60_000, 45_000, 10_000];
const [CONNECTING, OPEN] = [0, 1]; // by number: there may be no WebSocket to ask
// Close codes (docs/live.md).
const [RESTARTED, UNUSED, TOO_MANY, SAID_TOO_MUCH, SUSPENDED] = [1012, 4000, 4013, 4029, 4403];

// What brings a kind of frame into the page, fetched with the first of them. None of them may import this
// file: files that import each other have no hashed names.
const PARTS = {
  post: () => import("./live-posts.js"),
  thread: () => import("./live-thread.js"),
  chart: () => import("./live-thread.js"),
  title: () => import("./live-thread.js"),
  rows: () => import("./live-rows.js"),
  notices: () => import("./live-notices.js"),
  presence: () => import("./live-people.js"),
  typing: () => import("./live-people.js"),
};

const watched = new Map(); // by scope: {since, changes, hear, me, ...}
let socket = null;
let heardAt = 0; // by the clock on the wall: the other one stops while a phone sleeps
let isHeard = false; // whether the site said anything by this socket
let isSeen = document.visibilityState === "visible"; // ever: a tab that was opened in the back has no socket
let [tries, timer, poll, resting, barredUntil] = [0, 0, 0, 0, 0];
let isOver = false;

// `changes` is where it is asked what happened since event `since`. `hear` gets what else would go to a part,
// and is called where there is no `changes` to ask. What is seen long after it was made asks in any case.
export function watch(scope, options = {}) {
  watched.set(scope, { scope, since: null, changes: "", failed: 0, begun: !isSeen, ...options });
  if (isOpen()) ask(scope);
  else if (!socket) connect();
}

export function send(message) {
  if (isOpen()) socket.send(JSON.stringify(message));
}

// The socket

const isOpen = () => socket?.readyState === OPEN;
const silence = () => Math.abs(Date.now() - heardAt);

function connect() {
  clearTimeout(timer);
  if (isOver || !isSeen) return;
  if (!("WebSocket" in window)) return startPolling();
  letGo();
  const opening = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/ws/`);
  [socket, heardAt, isHeard] = [opening, Date.now(), false];
  opening.addEventListener("open", () => opening === socket && [...watched.keys()].forEach(ask));
  opening.addEventListener("message", (event) => opening === socket && hear(JSON.parse(event.data)));
  opening.addEventListener("close", (event) => {
    if (socket !== opening) return;
    socket = null;
    lost(event.code);
  });
}

// What comes from now on may be newer than what is still missed: it does not move `since`.
function ask(scope) {
  watched.get(scope).behind = true;
  send({ watch: scope, language: page.dataset.language });
}

function lost(code) {
  document.dispatchEvent(new CustomEvent("exchange:lost"));
  isOver = code === SUSPENDED;
  if (isOver || code === UNUSED) return;
  if (code === TOO_MANY || code === SAID_TOO_MUCH) {
    barredUntil = performance.now() + MINUTE;
    timer = setTimeout(connect, MINUTE);
    startPolling();
  } else if (code === RESTARTED) {
    timer = setTimeout(connect, RESTART * Math.random());
  } else {
    tryAgain();
  }
}

function tryAgain() {
  timer = setTimeout(connect, backOff(tries));
  tries += 1;
  if (tries >= IN_VAIN) startPolling();
}

// With jitter: after a restart not everybody comes back at the same moment.
function backOff(before) {
  return Math.min(SLOWEST, SOONEST * 2 ** before) * (0.5 + Math.random() / 2);
}

function hear(message) {
  [heardAt, isHeard] = [Date.now(), true];
  if (message.watching) begin(message);
  else if (message.refused ?? message.revoked) lose(message.refused ?? message.revoked);
  else if ("paused" in message) trouble("paused", message.paused);
  else if (message.kind) take(message);
}

function begin(message) {
  const one = watched.get(message.watching);
  if (!one) return;
  tries = 0;
  poll = clearInterval(poll);
  one.me = message.me ?? null;
  one.since ??= message.event;
  // Whoever comes back asks in any case: what was committed late has a lower number. Else the page may be
  // as new as the ledger.
  if (message.event > one.since || (one.begun && message.event)) catchUp(one);
  else caughtUp(one);
  one.begun = true;
  ["offline", "paused"].forEach((why) => trouble(why, false));
  one.hear?.(message);
  if (one.scope === posts?.dataset.scope) tellHere();
}

// Hidden, or the reader is nobody any more: the page stays as it is, and says so where it shows a thread.
function lose(scope) {
  watched.delete(scope);
  trouble(scope, false);
  if (scope === posts?.dataset.scope) outdated();
}

// A socket that died with the network may still seem open when that returns: a new one is opened.
function look(event) {
  clearTimeout(resting);
  isSeen ||= document.visibilityState === "visible";
  tellHere();
  if (document.visibilityState === "hidden") {
    resting = setTimeout(letGo, HIDDEN);
  } else if (performance.now() < barredUntil) {
    askAll();
  } else if (isOpen() && event.type !== "online" && silence() < DOUBT) {
    askAll();
  } else if (socket?.readyState !== CONNECTING || event.type === "online" || silence() > DOUBT) {
    tries = 0;
    connect();
    if (poll) askAll();
  }
}

// Also one that is still opening: a browser opens one after the other to the same site.
function letGo() {
  clearTimeout(timer);
  const closing = socket;
  socket = null;
  closing?.close();
}

function tellHere() {
  if (!posts || "noPresence" in posts.dataset) return;
  send({ presence: posts.dataset.scope, here: document.visibilityState === "visible" });
}

// Catching up. One request at a time for each scope; being asked meanwhile means one more. Until one was
// taken `since` stays where it is, whatever comes by the socket, and it is not said that all is well.

async function catchUp(one) {
  one.behind = true;
  one.askAgain = one.asking;
  if (one.asking) return;
  clearTimeout(one.again);
  one.asking = true;
  if (troubles.size) trouble(one.scope, true);
  try {
    if (one.changes) await fetchMissed(one);
    else one.hear?.({});
    if (!one.askAgain) caughtUp(one);
    trouble("offline", false);
  } catch {
    if (watched.has(one.scope)) trouble(one.scope, true);
    // Without a socket, who polls or comes back asks again.
    if (!poll) one.again = setTimeout(() => isOpen() && catchUp(one), backOff(one.failed++));
  }
  one.asking = false;
  if (one.askAgain) catchUp(one);
}

async function fetchMissed(one) {
  const address = `${one.changes}${one.changes.includes("?") ? "&" : "?"}since=${one.since ?? 0}`;
  const headers = one.tag ? { "If-None-Match": one.tag } : {};
  const control = new AbortController();
  setTimeout(() => control.abort(), SLOWEST);
  const answer = await fetch(address, { headers, cache: "no-store", signal: control.signal });
  if (answer.status === 403 || answer.status === 404) lose(one.scope);
  else if (answer.ok) await took(one, await answer.json(), answer.headers.get("ETag"));
  else if (answer.status !== 304) throw new Error(answer.status);
}

// `tag` is for the page as it is once the frames before it are in their places, and until the next one is.
async function took(one, missed, tag) {
  if (missed.reload) {
    if (one.scope === posts?.dataset.scope) outdated();
    else if (one.scope === rows?.dataset.scope) (await PARTS.rows()).reload();
    one.changes = ""; // it says so until it is loaded anew
    return;
  }
  missed.frames.forEach(take);
  await (queue = queue.then(() => (one.tag = tag)));
  one.since = Math.max(one.since, missed.event);
}

function caughtUp(one) {
  one.behind = false;
  one.failed = 0;
  trouble(one.scope, false);
}

function askAll() {
  if (document.visibilityState === "visible") watched.forEach(catchUp);
}

function startPolling() {
  if (poll) return;
  poll = setInterval(askAll, POLL);
  askAll();
}

// Frames, in the order in which they came

let queue = Promise.resolve();

function take(frame) {
  queue = queue.then(() => deliver(frame)).catch(failed);
}

async function deliver(frame) {
  const one = watched.get(frame.scope);
  if (!one) return;
  one.tag = null; // it stood for what the page showed until now
  if (one.hear) one.hear(frame);
  else if (frame.kind === "reload") await took(one, { reload: true });
  else if (frame.kind in PARTS && !isShown(frame)) (await PARTS[frame.kind]()).apply(frame, one);
  if (frame.event && !one.behind) one.since = Math.max(one.since, frame.event);
}

// Each page is told at once what its bell says already, and that its own reader is here: no file is
// fetched for that.
function isShown({ kind, unread, here }) {
  if (kind === "presence") return !note("here")?.firstChild && here <= ("noPresence" in posts.dataset ? 0 : 1);
  return kind === "notices" && !note(kind) && String(unread || "") === (document.querySelector(".bell .number")?.textContent ?? "");
}

// A part could not be fetched, as while the network is away.
function failed(error) {
  outdated();
  console.warn(error);
}

// Whether the page still hears of what happens, said quietly

const troubles = new Set();

function trouble(why, isOn) {
  const before = troubles.size;
  if (isOn) troubles.add(why);
  else troubles.delete(why);
  const line = note("state");
  if (!line || (!before && !isOn) || (before && troubles.size)) return;
  line.textContent = isOn ? line.dataset.paused : line.dataset.back;
  line.hidden = false;
  if (!isOn) setTimeout(() => (line.hidden = !troubles.size), BACK);
}

// The page cannot show all that happened to its thread: it says so.
function outdated() {
  if (posts) note("changed").hidden = false;
}

// There are networks that let nothing of a socket through, and do not say so: who waits for its first word asks.
function doubt() {
  if (!socket || !watched.size) return;
  if (!isHeard && silence() >= LOOK) startPolling();
  if (silence() < SILENCE) return;
  letGo();
  lost();
}

setInterval(doubt, LOOK);
document.addEventListener("visibilitychange", look);
window.addEventListener("online", look);
window.addEventListener("offline", () => trouble("offline", true));
// A page with an open socket is not kept for the way back.
window.addEventListener("pagehide", letGo);
window.addEventListener("pageshow", (event) => event.persisted && connect());
