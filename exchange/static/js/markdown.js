// Rendered words back as lines of Markdown that look the same: what a post's page shows can be quoted,
// also in part. Signs that were only signs are escaped.

const BLOCKS = new Set("P H3 H4 H5 H6 DIV BLOCKQUOTE UL OL LI PRE TABLE THEAD TBODY TR HR".split(" "));

// The lines of a node; it takes away from the letters that are `left` in the room.
export function linesOf(node, room) {
  const parts = [];
  let words = "";
  const endBlock = () => {
    parts.push(words.split("\n").map(guarded).filter(Boolean));
    words = "";
  };
  for (const child of node.childNodes) {
    if (BLOCKS.has(child.nodeName)) {
      endBlock();
      if (!child.matches(".source")) parts.push(block(child, room));
    } else {
      words += inline(child, room);
    }
  }
  endBlock();
  return joined(parts);
}

function block(node, room) {
  if (node.matches("blockquote")) return linesOf(node, room).map((line) => `> ${line}`);
  if (node.matches("ul, ol")) return items(node, room);
  if (node.matches("pre")) return fenced(taken(node.textContent.trimEnd(), room));
  if (node.matches("thead, tbody, table")) return [...node.children].flatMap((row) => block(row, room));
  if (node.matches("tr")) return [[...node.children].map((cell) => inline(cell, room)).join(" | ")].map(guarded);
  return linesOf(node, room);
}

function items(node, room) {
  const first = node.matches("ol") ? node.start : null;
  return [...node.children].flatMap((item, at) => {
    const mark = first === null ? "- " : `${first + at}. `;
    return linesOf(item, room).map((line, row) => (row ? " ".repeat(mark.length) : mark) + line);
  });
}

function fenced(text) {
  const fence = fenceAround(text, 3);
  return text ? [fence, ...text.split("\n"), fence] : [];
}

function inline(node, room) {
  if (node.nodeName === "BR") return "\n";
  if (node.nodeName === "RT" || node.nodeName === "RP") return ""; // the reader's, not the author's
  if (node.nodeType === Node.TEXT_NODE) return escaped(taken(node.data.replace(/[\t\n ]+/g, " "), room));
  if (node.nodeName === "CODE") return code(taken(node.textContent, room));
  const words = [...node.childNodes].map((child) => inline(child, room)).join("");
  if (!words.trim()) return words;
  if (node.nodeName === "A") return link(node, words);
  const sign = EMPHASIS[node.nodeName];
  return sign ? words.replace(/^(\s*)([^]*?)(\s*)$/, (_, before, inner, after) => before + sign + inner + sign + after) : words;
}

const EMPHASIS = { STRONG: "**", EM: "*", DEL: "~~" };

// A bare address makes a link by itself.
function link(node, words) {
  const address = node.getAttribute("href") ?? "";
  const shown = node.textContent;
  if (address === shown || address === `https://${shown}` || decoded(address) === decoded(shown)) return words;
  return `[${words}](${address.replaceAll("(", "%28").replaceAll(")", "%29")})`;
}

function decoded(address) {
  try {
    return decodeURI(address);
  } catch {
    return address;
  }
}

function code(text) {
  if (!text.trim()) return text;
  const fence = fenceAround(text, 1);
  const gap = /^`|`$/.test(text) ? " " : "";
  return fence + gap + text + gap + fence;
}

// Longer than every run of its sign in the code.
function fenceAround(text, least) {
  return "`".repeat(Math.max(least, ...[...text.matchAll(/`+/g)].map((run) => run[0].length + 1)));
}

// The signs that mean something within a line. An underscore between letters means nothing.
function escaped(text) {
  return text.replace(/[\\`*~[<|_]|&(?=#?\w+;)/g, (sign, at) =>
    sign === "_" && /^\w_\w$/.test(text.slice(at - 1, at + 2)) ? sign : `\\${sign}`,
  );
}

// Those that mean something where a line begins.
function guarded(line) {
  return line
    .replace(/^[ \t]+|[ \t]+$/g, "")
    .replace(/^[-+=#>:]/, "\\$&")
    .replace(/^(\d{1,9})([.)])/, "$1\\$2");
}

// Parts with an empty line between them; empty ones leave none.
export function joined(parts) {
  const filled = parts.filter((lines) => lines.length);
  return filled.flatMap((lines, at) => (at ? ["", ...lines] : lines));
}

const WIDE = /[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]/u;

// As much of the text as there is room for, and a sign that it was cut; never half an emoji.
function taken(text, room) {
  if (room.left <= 0) return "";
  const letters = "Segmenter" in Intl ? [...new Intl.Segmenter().segment(text)].map((part) => part.segment) : [...text];
  const end = letters.findIndex((letter) => (room.left -= WIDE.test(letter) ? 2 : letter.length) < 0);
  return end < 0 ? text : `${letters.slice(0, end).join("").trimEnd()}…`;
}
