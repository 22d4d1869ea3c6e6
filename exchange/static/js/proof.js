// The calculation before a sign-up in a time of attack (safety/proof.py), in place of the question
// that is asked where there are no scripts. The browser's own crypto does it beside the page.

const box = document.querySelector("[data-proof]");
const form = box.closest("form");
const status = box.querySelector("[data-proof-status]");
const question = box.querySelector("[data-proof-question]");
const solution = form.elements.proof;
const LANES = Math.min(navigator.hardwareConcurrency || 2, 4);
const MARGIN = 30; // seconds: a challenge that is about to expire is as good as none

let working = null; // the promise of a solution
let freshUntil = Infinity;

const bytes = (hex) => Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));
const hex = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");

async function derive({ salt, cost, keyLength }, password) {
  const key = await crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt: bytes(salt), iterations: cost };
  return hex(await crypto.subtle.deriveBits(how, key, keyLength * 8));
}

// The number is one below `tries`. Each lane looks at every fourth, so that all cores work.
async function solve({ parameters, signature, tries }) {
  const nonce = bytes(parameters.nonce);
  let found = null;
  const lane = async (from) => {
    for (let counter = from; counter < tries && !found; counter += LANES) {
      const password = new Uint8Array(nonce.length + 4);
      password.set(nonce);
      new DataView(password.buffer).setUint32(nonce.length, counter);
      const derivedKey = await derive(parameters, password);
      if (derivedKey.startsWith(parameters.keyPrefix)) found = { counter, derivedKey };
    }
  };
  await Promise.all(Array.from({ length: LANES }, (_, from) => lane(from)));
  if (!found) throw new Error("no number fits");
  return btoa(JSON.stringify({ challenge: { parameters, signature }, solution: found }));
}

async function work(challenge) {
  status.textContent = box.dataset.working;
  if (!question.querySelector("[aria-invalid]")) question.hidden = true;
  freshUntil = performance.now() + (challenge.valid - MARGIN) * 1000;
  solution.value = await solve(challenge);
  question.hidden = true;
  form.elements.answer.value = "";
  status.textContent = box.dataset.done;
}

// Who takes longer to fill in the form than a challenge lasts gets another one from the same page.
async function renew() {
  const page = await fetch(location.href);
  const there = new DOMParser().parseFromString(await page.text(), "text/html").querySelector("[data-proof]");
  if (there) await work(JSON.parse(there.dataset.proof));
}

function begin(job) {
  solution.value = "";
  working = job().catch(() => {
    question.hidden = false;
    status.textContent = "";
  }).finally(() => {
    working = null;
  });
}

// Before forms.js counts the form as sent.
form.addEventListener("submit", (event) => {
  if (form.elements.answer.value) return;
  if (performance.now() > freshUntil && !working) begin(renew);
  if (!working) return;
  event.preventDefault();
  event.stopPropagation();
  status.textContent = box.dataset.wait;
  const submitter = event.submitter ?? form.querySelector(".buttons button"); // Safari has it from 15.4 on
  working.then(() => (solution.value ? submitter.click() : form.elements.answer.focus()));
});

if (solution.value) status.textContent = box.dataset.done;
else if (box.dataset.proof && globalThis.crypto?.subtle) begin(() => work(JSON.parse(box.dataset.proof)));
