"""Every kind of page: no violation that axe-core knows, of any impact, in both languages and themes.

And what axe does not look at: words under the wrong `lang`, movement that was not wanted, and pages
that have to be scrolled sideways on a small phone or with text twice as large.
"""

from collections.abc import Sequence
from typing import Literal

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from scripts.pages import HEIGHT, LANGUAGES, STAFF, THEMES, WIDTHS, People, Places, Shot
from tests.security.selection import WHOLE

from .steps import too_wide

# Best practices count as well. Animations are off, so that no colour is half-way. What `preload` would
# fetch once more are style sheets, for a rule that is off, and films.
ASK = """(options) => axe.run(document, {resultTypes: ["violations"], preload: false, ...options})
  .then((found) => [found])"""
# All but colours, which cost more than all the rest; and colours, once where the same is there many
# times: text in elements of the same names, classes and colours, in others that are the same too, up
# to the root.
ASK_FOR_EACH_LOOK = """async ({ colours, without = [] }) => {
  const numbers = new Map(), looks = new Map(), include = [];
  const look = (element) => {
    if (!element) return 0;
    if (!numbers.has(element)) {
      const style = getComputedStyle(element);
      const parts = [look(element.parentElement), element.localName, element.className, element.lang,
        style.color, style.backgroundColor, style.backgroundImage, style.opacity, style.position,
        style.fontSize, style.fontWeight];
      const key = JSON.stringify(parts);
      if (!looks.has(key)) looks.set(key, looks.size + 1);
      numbers.set(element, looks.get(key));
    }
    return numbers.get(element);
  };
  const seen = new Set();
  const hasWords = (element) => element.matches("input, textarea, select") ||
    [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
  for (const element of document.body.querySelectorAll("*")) {
    if (!hasWords(element) || !element.checkVisibility({ visibilityProperty: true })) continue;
    const number = look(element);
    if (!seen.has(number)) include.push(element);
    seen.add(number);
  }
  const options = { resultTypes: ["violations"], preload: false };
  const off = Object.fromEntries([...colours, ...without].map((rule) => [rule, { enabled: false }]));
  return [
    await axe.run(document, { ...options, rules: off }),
    await axe.run({ include }, { ...options, runOnly: { type: "rule", values: colours } }),
  ];
}"""
# Words under a `lang` that they are not in. Members' words say their own; names are not translated.
WRONGLY_TAGGED = r"""() => {
  const bare = (text) => text.replace(/https?:\S+|\S+@\S+|Exchange|[\w./-]*\/[\w./-]*/g, " ");
  const fault = (text, element) => {
    const lang = element.closest("[lang]").getAttribute("lang");
    const han = /\p{Script=Han}/u.test(bare(text));
    if (lang === "zh-Latn") return han ? "Chinese under pinyin" : null;
    if (!["en", "zh-Hans", "zh-Hant", "mul", "und"].includes(lang)) return `unknown ${lang}`;
    const latin = (bare(text).match(/\p{Script=Latin}{3,}/gu) ?? []).length;
    if (lang === "en" && han) return "Chinese under en";
    if (lang.startsWith("zh") && !han && latin > 1) return `English under ${lang}`;
    return null;
  };
  const found = [];
  const look = (text, element) => {
    if (element.closest("[translate=no], script, style, textarea, code, pre, a[href^=http]")) return;
    if (element.closest("article .half, [dir=auto], img:is(.photo, .thumb)")) return; // members' words
    const said = text.trim() && fault(text, element);
    if (said) found.push(`${said}: ${text.trim().slice(0, 80)}`);
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) look(walker.currentNode.data, walker.currentNode.parentElement);
  for (const name of ["aria-label", "title", "placeholder", "alt"]) {
    for (const element of document.querySelectorAll(`[${name}]`)) look(element.getAttribute(name), element);
  }
  // What the page says of itself elsewhere. Under a member's title it is in that title's language.
  const heading = document.querySelector("h1[dir=auto]");
  const root = document.documentElement;
  const meta = (name) => document.querySelector(`meta:is([name="${name}"], [property="${name}"])`);
  const says = (name) => meta(name)?.content ?? "";
  const titles = [document.title, says("og:title")];
  const about = [says("description"), says("og:description")];
  const family = (element) => element.lang.slice(0, 2);
  if (heading && family(heading) !== family(root)) return found;
  // A picture's page is described as the picture is.
  const members = heading || document.querySelector(".large .photo");
  for (const text of members ? titles : [...titles, ...about]) look(text.replace("交流", ""), root);
  return found;
}"""
TIMES_IN_THE_WRONG_LANGUAGE = """() => [...document.querySelectorAll("time")]
  .filter((time) => time.matches(":lang(zh)") === /[a-z]/i.test(time.textContent))
  .map((time) => time.textContent)"""
# Reduced motion is asked for: nothing may take time to change.
MOVING = """() => [...document.querySelectorAll("*")].filter((element) => {
  const style = getComputedStyle(element);
  return [style.transitionDuration, style.animationDuration].some((time) => parseFloat(time) > 0.01);
}).map((element) => element.outerHTML.slice(0, 80))"""


# All that a theme can change (tests/architecture/test_styles.py: it sets colours alone).
COLOURS = ["color-contrast", "link-in-text-block"]


def violations(page: Page, *, each_word: bool = False, without: Sequence[str] = ()) -> list[str]:
    """What axe finds on the page as it is, but for some rules. `each_word`: the colours of all that is
    written, however many times it looks the same."""
    if each_word:
        options = {"rules": {rule: {"enabled": False} for rule in without}}
        runs = page.evaluate(TOLD.format(ASK), options)
    else:
        asked = {"colours": COLOURS, "without": list(without)}
        runs = page.evaluate(TOLD.format(ASK_FOR_EACH_LOOK), asked)
    assert all(run["passed"] for run in runs) and runs[0]["passed"] > 10, "axe did not look"
    return [
        f"{rule['id']} ({rule['impact']}) {node['target']} {node['html'][:160]} "
        f"{(node['failureSummary'] or '')[:300]}"
        for run in runs
        for rule in run["violations"]
        for node in rule["nodes"]
    ]


# Only what is looked at travels.
TOLD = """async (options) => (await ({})(options)).map(
  ({{ passes, violations }}) => ({{ passed: passes.length, violations }}))"""


def faults(shot: Shot, language: str, pages: People, places: Places) -> list[str]:
    """With both languages each theme is seen at each width, with all rules."""
    first = language == LANGUAGES[0]
    theme, other = THEMES if first else THEMES[::-1]
    page = pages.tab(shot.person, language)
    resize(page, WIDTHS["phone"])
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    shot.show(page, language, places)
    page.wait_for_load_state()
    page.evaluate(AXE_SCRIPT)
    # `make soak` has the colour of every single word looked at, should two looks differ after all.
    found = [f"phone {theme}: {said}" for said in violations(page, each_word=first and WHOLE)]
    for width in (320, WIDTHS["tablet"], WIDTHS["desktop"]):
        resize(page, width)
        found += [f"{width} px: {said}" for said in too_wide(page)]
    page.emulate_media(color_scheme=other)
    found += [f"desktop {other}: {said}" for said in violations(page)]
    found += [f"language: {said}" for said in page.evaluate(WRONGLY_TAGGED)]
    found += [f"moves: {said}" for said in page.evaluate(MOVING)]
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    found += [f"twice as large: {said}" for said in too_wide(page)]
    resize(page, WIDTHS["phone"])
    found += [f"twice as large on a phone: {said}" for said in too_wide(page)]
    return found


def faults_of_components(language: str, pages: People) -> list[str]:
    """Each stands there in every theme and language, so one run in each contrast sees all."""
    contrast: Literal["no-preference", "more"] = "no-preference" if language == "en" else "more"
    with pages.page(STAFF, language) as page:
        page.set_viewport_size({"width": WIDTHS["phone"], "height": HEIGHT})
        page.emulate_media(color_scheme="light", contrast=contrast)
        page.goto(f"/{language}/styleguide/")
        page.evaluate(AXE_SCRIPT)
        # Landmarks are there in every cell as well.
        found = [
            *violations(page, each_word=WHOLE, without=["landmark-unique"]),
            *too_wide(page),
        ]
        # A time is told in the language of the words around it, whatever the page's is.
        found += page.evaluate(TIMES_IN_THE_WRONG_LANGUAGE)
    return found


def resize(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": HEIGHT})
