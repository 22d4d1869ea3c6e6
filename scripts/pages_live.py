"""What open pages say while others write, filled in as the scripts do it: one browser is alone here."""

from playwright.sync_api import Page

from .pages import Places

FILL = """count => {
  const named = (name) => document.querySelector(`[data-live="${name}"]`);
  const say = (element, words) => { element.textContent = words; element.hidden = false; };
  for (const name of ["new", "rows"]) {
    const chip = named(name);
    if (!chip) continue;
    say(chip.querySelector("[data-news]"), chip.dataset.many.replace("{count}", count));
    chip.hidden = false;
  }
  say(named("state"), named("state").dataset.paused);
  const here = named("here");
  if (!here) return;
  say(here, here.dataset.names
    .replace("{here}", here.dataset.many.replace("{count}", count))
    .replace("{names}", `${here.dataset.you}, Tom, 梅子`));
  const typing = named("typing");
  if (!typing) return;
  const language = document.createElement("span");
  [language.lang, language.textContent] = ["zh-Hans", typing.dataset.zh];
  const [before, after] = typing.dataset.single.split("{languages}");
  typing.replaceChildren(before, language, after);
}"""


def live_thread(page: Page, language: str, places: Places) -> None:
    page.goto(f"/{language}/{places.long}")
    page.evaluate(FILL, 3)


def live_list(page: Page, language: str, places: Places) -> None:
    page.goto(f"/{language}/boards/rent/")
    page.evaluate(FILL, 2)
