// Tells those who have the thread open that a reply is being written, and in which language; never a word
// of it. Fetched when somebody enters the reply box.

import { send } from "./live.js";

const posts = document.querySelector("#posts");
const AGAIN = 3000; // ms between two messages
const AWAY = 10_000; // ms outside the box, after which nobody is writing
const FEWEST = 2; // letters
const HAN = /\p{Script=Han}/gu;
const LETTERS = /\p{L}/gu;

let said = ""; // the family that was told last
let saidAt = -Infinity;
let leaving = 0;
let composing = false;

const isBody = (element) => element?.closest?.("#reply") && element.name === "body";

document.addEventListener("compositionstart", () => {
  composing = true;
});
// What an input method still turns over is no text: its Latin letters say nothing of the language.
document.addEventListener("compositionend", (event) => {
  composing = false;
  if (isBody(event.target)) writing(event.target.value);
});
document.addEventListener("input", (event) => {
  if (isBody(event.target) && !composing && !event.isComposing) writing(event.target.value);
});
document.addEventListener("focusout", (event) => {
  if (!isBody(event.target)) return;
  clearTimeout(leaving);
  leaving = setTimeout(() => tell(""), AWAY);
});
document.addEventListener("focusin", (event) => isBody(event.target) && clearTimeout(leaving));
document.addEventListener("submit", (event) => event.target.id === "reply" && tell(""));
document.addEventListener("exchange:lost", () => {
  said = "";
});

function writing(text) {
  clearTimeout(leaving);
  const family = familyOf(text);
  if (!family) tell("");
  else if (performance.now() - saidAt >= AGAIN) tell(family);
}

// Any Han letters above a third are Chinese, else it is English.
function familyOf(text) {
  const letters = text.match(LETTERS)?.length ?? 0;
  if (letters < FEWEST) return "";
  return (text.match(HAN)?.length ?? 0) * 3 > letters ? "zh" : "en";
}

function tell(family) {
  if ("noPresence" in posts.dataset || (!family && !said)) return;
  said = family;
  saidAt = family ? performance.now() : -Infinity;
  send({ typing: posts.dataset.scope, in: family });
}

// Letters may have been typed before this file arrived.
export function start(event, field) {
  if (isBody(field) && field.value !== field.defaultValue) writing(field.value);
}
