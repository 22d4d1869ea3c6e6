// Which post of how many is being read.

const bar = document.querySelector("[data-progress]");
const here = bar?.querySelector("[data-here]");

function show() {
  const line = innerHeight / 3;
  const posts = [...document.querySelectorAll("article.post")];
  // By its place: a post that its reader muted has none of its own until it is opened.
  const read = posts.reverse().find((post) => post.closest(".place").getBoundingClientRect().top <= line) ?? posts.at(-1);
  if (!read) return;
  here.textContent = read.id.slice("post-".length);
  bar.style.setProperty("--read", Number(here.textContent) / Number(bar.dataset.progress));
  bar.hidden = false;
}

let waiting = false;
if (bar) {
  show();
  document.addEventListener(
    "scroll",
    () => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        show();
      });
    },
    { passive: true },
  );
}
