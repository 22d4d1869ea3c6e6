// Pictures that wait for a tap, and animations that can be stopped.

const page = document.documentElement;
const WAITING = '[data-saver="on"] .pictures:not(.large) .picture:not(.wanted) a.frame';

document.addEventListener("click", (event) => {
  const link = event.target.closest(WAITING);
  const elsewhere = event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
  if (!link || elsewhere || event.defaultPrevented) return;
  event.preventDefault();
  load(link);
});

// The size that was named on it, and no larger one.
function load(link) {
  const image = link.querySelector(".photo");
  link.querySelector("source")?.remove();
  image.removeAttribute("srcset");
  image.loading = "eager";
  link.closest(".picture").classList.add("wanted");
}

// What is there already need not be fetched again, so it stays when somebody begins to save.
export function keepLoaded() {
  if (page.dataset.saver !== "on") return;
  for (const image of document.querySelectorAll(".picture .photo")) {
    if (image.complete && image.naturalWidth) image.closest(".picture").classList.add("wanted");
  }
}

// And so it does when its post is drawn anew.
document.addEventListener("exchange:redrawn", ({ detail: { shown, article } }) => {
  for (const { dataset } of shown.querySelectorAll(".picture.wanted[data-picture-id]")) {
    const link = article.querySelector(`.picture[data-picture-id="${dataset.pictureId}"] a.frame`);
    if (link) load(link);
  }
});

export function start(event, link) {
  if (event.type === "click") load(link);
}

// Animations

const REDUCED = matchMedia("(prefers-reduced-motion: reduce)");
const stopped = new Set(); // by hand, by the addresses of their still pictures: also in a post that is drawn anew

function stoppable() {
  for (const image of document.querySelectorAll("figure [data-still]")) {
    const figure = image.closest("figure");
    if (!figure.querySelector(".pause")) figure.querySelector(".frame").after(pauseButton(image));
  }
}

// Also for the large picture of the lightbox, whose `data-` are those of the page's.
export function pauseButton(image) {
  const moving = { src: image.src, srcset: image.getAttribute("srcset") ?? "" };
  const button = Object.assign(document.createElement("button"), { type: "button", className: "pause" });
  let still = REDUCED.matches;
  const say = () => {
    button.textContent = still ? "▶" : "❚❚";
    button.setAttribute("aria-label", still ? image.dataset.play : image.dataset.pause);
  };
  const turn = () => {
    still = !still;
    if (still) stopped.add(image.dataset.still);
    else stopped.delete(image.dataset.still);
    image.parentElement.querySelector("source")?.remove();
    if (still || !moving.srcset) image.removeAttribute("srcset");
    else image.srcset = moving.srcset;
    image.src = still ? image.dataset.still : moving.src;
    say();
  };
  button.addEventListener("click", turn);
  if (!still && stopped.has(image.dataset.still)) turn();
  else say();
  return button;
}

document.addEventListener("exchange:added", stoppable);
stoppable();
