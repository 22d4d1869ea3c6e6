// Before the first paint: what a stranger chose on this device. Members' choices come with the page.
{
  const page = document.documentElement;
  try {
    for (const name of ["view", "theme", "machine", "help", "zhuyin", "script", "saver"]) {
      const chosen = localStorage.getItem(`exchange.${name}`);
      if (chosen && !page.dataset[name]) page.dataset[name] = chosen;
    }
  } catch {
    // Storage may be forbidden. The page is then as the server made it.
  }
  const saves = navigator.connection?.saveData || matchMedia("(prefers-reduced-data: reduce)").matches;
  if (saves && !page.dataset.saver) page.dataset.saver = "on";
  page.dataset.scripts = "";
}
