// Posts that arrive, or are shown anew, while their thread is open. Fetched with the first of them.

import { held } from "./live-kept.js";
import { nodes } from "./nodes.js";
import { isDoubtful, isOld } from "./live-order.js";
import { arrived, arrivedElsewhere, note, removed, show, still, withdrawn } from "./live-reading.js";

const posts = document.querySelector("#posts");
const page = document.documentElement;

// Only for readers who muted somebody or a word; without it posts arrive as they are.
const muted = posts.dataset.muted ? await import("./muted.js").catch(() => null) : null;

const shownBy = new Map(); // post number -> what isOld asks of the frame that it was last shown by
const madeAt = Number(posts.dataset.since); // the last event that the page was made with

export function apply(frame, one) {
  const told = { event: frame.event, at: frame.at, content: frame.html };
  const last = shownBy.get(frame.number);
  if (isOld(told, last)) return;
  if (one.asking && isDoubtful(told, last)) one.askAgain = true;
  const shown = document.getElementById(`post-${frame.number}`);
  // The last seconds are repeated: what the page came with stays as it is, with what its reader did to it.
  if (shown && frame.verb === "post.created" && frame.event <= madeAt) return;
  const article = nodes(frame.html).querySelector("article");
  if (!article) return;
  shownBy.set(frame.number, told);
  if (!shown && posts.dataset.lastPage !== "true") {
    countElsewhere(article, frame);
    return;
  }
  if (shown && keeps(shown, article, frame)) return;
  if (shown?.dataset.show) article.dataset.show = shown.dataset.show;
  if (shown) {
    still(() => replace(shown, article));
    if (article.classList.contains("gone")) removed(article);
    else if (frame.verb === "post.released" && !isOwn(article) && !article.closest(".stub")) arrived(article);
  } else if (!insert(article, frame)) return;
  document.dispatchEvent(new CustomEvent("exchange:added", { detail: article }));
}

// What its reader did to the old form goes along. Nothing that has the keyboard is folded away.
function replace(shown, article) {
  const isHeld = shown.contains(document.activeElement);
  const handOn = held(shown);
  shown.replaceWith(isHeld || shown.closest(".stub") ? article : behindStub(article));
  handOn(article);
}

// What waited for a moderator's look and is shown now is as new as what was sent just now. Of what
// happened while the socket was away only the last is told: a new post may have been edited since.
function isNew({ verb, number }) {
  return ["post.created", "post.released", "post.moved"].includes(verb) || number > Number(posts.dataset.lastNumber);
}

// Whether the page goes on showing its form of a post. That of its author or of a moderator may have more
// than the one that everybody is sent; where it might have more now, the page says that it can be had.
function keeps(shown, article, frame) {
  if (!mayRead(shown)) return false;
  const hidden = article.querySelector(":scope > .acts :is([data-undo], [data-waits])");
  const isPrivate = shown.hasAttribute("data-private");
  if (hidden && isPrivate) return true;
  const keptBack = article.querySelector("[data-kept-back]");
  const fewer = isPrivate && pictures(article) < pictures(shown);
  if (hidden || keptBack || (fewer && !isNew(frame))) show(note("changed"));
  return fewer;
}

function pictures(article) {
  return article.querySelectorAll(".picture > :is(.frame, .veil)").length;
}

// A hidden post's author and moderators may still read it, on a page made for them.
function mayRead(article) {
  return posts.hasAttribute("data-moderates") || article.parentElement.classList.contains("own");
}

// On a later page. What is the reader's own, or of somebody they muted, is no news there either, nor what is
// released on an earlier page. What was moved here has a number at the end.
function countElsewhere(article, frame) {
  if (article.classList.contains("gone")) withdrawn(frame.number);
  else if (frame.number < numberOf(posts.lastElementChild)) return;
  else if (isNew(frame) && frame.event > madeAt && !isOwn(article) && behindStub(article) === article) {
    arrivedElsewhere(article, frame.number);
  }
}

// A post of an earlier page that was edited has no place on this one.
function insert(article, { number, verb }) {
  const places = [...posts.children];
  if (number < numberOf(places[0])) return false;
  const place = document.createElement("div");
  place.className = isOwn(article) ? "place own" : "place";
  const stands = behindStub(article);
  place.append(stands);
  still(() => posts.insertBefore(place, places.find((other) => numberOf(other) > number) ?? null));
  const waits = article.querySelector("[data-waits]");
  if (verb !== "post.moved" && stands === article && !waits && !isOwn(article)) arrived(article);
  return true;
}

function behindStub(article) {
  return muted?.behind(article) ?? article;
}

function isOwn(article) {
  return page.dataset.user !== "" && article.dataset.author === page.dataset.user;
}

function numberOf(place) {
  return Number(place?.querySelector("[id^=post-]")?.id.slice("post-".length) ?? 0);
}
