// What a moderator has to look at is blurred until they tap it. Without this file the tap leads to the
// picture's page.

document.addEventListener("click", (event) => {
  const link = event.target.closest("a.veil");
  const elsewhere = event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
  if (!link || elsewhere || event.defaultPrevented) return;
  event.preventDefault();
  lift(link);
});

// The focus stays on the link, which leads to the picture's page from now on.
function lift(link) {
  link.append(document.importNode(link.querySelector("template").content, true));
  link.querySelector(".veil-label").remove();
  link.classList.replace("veil", "frame");
}

// The click that this file was fetched for.
export function start(event, link) {
  lift(link);
}
