// Whom and what this reader muted, for posts that arrive while the page is open: each gets the line
// that stands on a fresh page in its place. Fetched only by pages of who muted somebody or a word.

const posts = document.querySelector("#posts");
const stubs = document.getElementById("stubs");
const muted = JSON.parse(posts.dataset.muted);
const AROUND = ".who, .acts, .source, .withdrawn, .facts, .gist, p.hush, a.frame, a.veil, .picture-acts";
// Where words have no spaces between them a word is found anywhere, else only as a whole.
const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Myanmar}\p{sc=Khmer}]/u;
const LETTER = /[\p{L}\p{N}_]/u;

// The post, or the line with the post behind it.
export function behind(article) {
  const why = reason(article);
  if (!why) return article;
  const stub = stubs.content.querySelector(`[data-why="${why}"]`).cloneNode(true);
  stub.querySelector("[data-number]").textContent = `#${article.id.slice("post-".length)}`;
  stub.querySelector(".name").textContent = article.querySelector(".who .name").textContent;
  stub.append(article);
  return stub;
}

function reason(article) {
  const author = Number(article.dataset.author);
  if (article.dataset.author === document.documentElement.dataset.user) return "";
  if (muted.blocked.includes(author)) return "blocked";
  if (muted.people.includes(author)) return "person";
  return muted.words.length && holds(wordsOf(article)) ? "word" : "";
}

function wordsOf(article) {
  const copy = article.cloneNode(true);
  for (const part of copy.querySelectorAll(AROUND)) part.remove();
  return copy.textContent.normalize("NFKC").toLowerCase().replace(/[\u00ad\u200b-\u200d\u2060\ufeff]/g, "").replace(/\s+/g, " ");
}

function holds(text) {
  return muted.words.some((word) => {
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
      if (!joins(text[at - 1], word[0]) && !joins(word.at(-1), text[at + word.length])) return true;
    }
    return false;
  });
}

function joins(one, other) {
  const isLetter = (char) => char !== undefined && LETTER.test(char) && !UNSPACED.test(char);
  return isLetter(one) && isLetter(other);
}

// An address that names a muted post shows it: somebody wanted to.
function openNamed() {
  const named = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
  const stub = named && named.closest("details.stub:not([open])");
  if (!stub) return;
  stub.open = true;
  named.scrollIntoView();
}

openNamed();
window.addEventListener("hashchange", openNamed);
