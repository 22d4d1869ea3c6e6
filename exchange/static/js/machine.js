// A machine's words, hidden or shown on this device: the styles go by the attribute, early.js by what is kept.

const page = document.documentElement;
const SWITCH = "[data-machine-switch]";

document.addEventListener("click", (event) => {
  const button = event.target.closest(SWITCH);
  if (button && !event.defaultPrevented) start(event, button);
});

export function start(event, button) {
  const off = page.dataset.machine !== "off";
  if (off) page.dataset.machine = "off";
  else delete page.dataset.machine;
  keep(off);
  button.focus();
  document.dispatchEvent(new CustomEvent("exchange:view"));
}

function keep(off) {
  try {
    if (off) localStorage.setItem("exchange.machine", "off");
    else localStorage.removeItem("exchange.machine");
  } catch {
    // Storage may be forbidden: the choice then lasts as long as the page.
  }
}
