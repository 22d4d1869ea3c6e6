// How many letters a text has left, said once that matters. It counts as languages/text.py does.

const PAUSE = 300; // ms without typing, so that a screen reader is not told at each letter
const NEAR = 0.9; // of the limit

// East Asian Width W or F without emoji, by block: these count as two.
const WIDE =
  /[\u1100-\u11ff\u2e80-\u303e\u3041-\u4dbf\u4e00-\ua4cf\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60\uffe0-\uffe6\u{1aff0}-\u{1b16f}\u{20000}-\u{3ffff}]/gu;
const LINE_END = /\r\n|[\r\v\f\x85\u2028\u2029]/g;
const SPACE = /[ \t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]/;

let timer = 0;
document.addEventListener("input", (event) => soon(event.target.form));

export function start(event, form) {
  soon(form);
}

function soon(form) {
  clearTimeout(timer);
  timer = setTimeout(() => form?.querySelectorAll("[data-limit]").forEach(tell), PAUSE);
}

function tell(line) {
  const area = line.parentElement.querySelector("textarea");
  const limit = Number(line.dataset.limit);
  // Nothing counts more than two: most texts need no counting.
  const length = area.value.length * 2 < limit * NEAR ? 0 : lengthOf(area.value);
  const words = length < limit * NEAR ? "" : length > limit ? line.dataset.over : line.dataset.left;
  const text = words.replace("{count}", Math.abs(limit - length).toLocaleString(document.documentElement.lang));
  if (line.textContent !== text) line.textContent = text;
  line.classList.toggle("over", length > limit);
}

function lengthOf(typed) {
  const lines = typed.normalize("NFC").replace(LINE_END, "\n").split("\n").map((line) => trimmed(line, SPACE));
  const text = trimmed(lines.join("\n").replace(/^\n+/, ""), /\n/);
  return [...text].length + (text.match(WIDE)?.length ?? 0);
}

// Without what stands at its end. A pattern anchored there would take a long time for many spaces.
function trimmed(text, sign) {
  let end = text.length;
  while (end && sign.test(text[end - 1])) end -= 1;
  return text.slice(0, end);
}
