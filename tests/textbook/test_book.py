"""The built book as a reader meets it: every page in a real browser, light, dark and on a phone, with the network cut."""

import json
import re
from urllib.parse import urlsplit

import pytest

from autograder.document import load
from conftest import CHAPTERS, ROOT
from textbook.colours import CARD, PHONE_WIDTH
from textbook.extension import READER_BRANCH
from textbook.prose import minutes

PAGES = [*(f"{name}.html" for name in re.findall(r"(?:root|file): (\S+)", (ROOT / "_toc.yml").read_text())), "search.html", "genindex.html"]
NOTEBOOKS = {path.relative_to(ROOT).with_suffix(".html").as_posix(): path for path in CHAPTERS}
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
# Measuring contrast is most of what a page costs, and most words have the colours of others: of each pair of ink and ground three are looked at.
LOOK_ALIKES = """() => {
    const seen = {}, clear = 'rgba(0, 0, 0, 0)';
    for (const element of document.querySelectorAll('body *')) {
        if (![...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim())) continue;
        element.style.visibility = '';
        const ink = getComputedStyle(element);
        if (ink.visibility !== 'visible') continue;
        let under = element;
        while (under.parentElement && getComputedStyle(under).backgroundColor === clear) under = under.parentElement;
        const kind = [ink.color, ink.fontSize, ink.fontWeight, ink.opacity, getComputedStyle(under).backgroundColor, under.className].join();
        seen[kind] = (seen[kind] || 0) + 1;
        element.style.visibility = seen[kind] > 3 ? 'hidden' : 'visible';
    }
}"""
# Violations of the theme's or a library's own markup, which no page of ours can mend: (rule, in the element's HTML): reason.
NOT_OURS = {
    ("region", "logo__title"): "sphinx-book-theme puts the name beside the logo outside its landmarks",
    ("landmark-complementary-is-top-level", "footnote-list"): "docutils writes footnotes as an aside within the article",
    ("empty-table-header", "<th></th>"): "pandas leaves the corner of a data frame's table empty",
    ("aria-allowed-role", "doc-biblioentry"): "docutils gives citations the role of DPUB-ARIA 1.0",
    ("aria-deprecated-role", "doc-biblioentry"): "docutils gives citations the role of DPUB-ARIA 1.0",
    ("aria-required-children", "citation-list"): "docutils gives citations the role of DPUB-ARIA 1.0",
}


@pytest.fixture(scope="module")
def desk(browser):
    context = browser.new_context(color_scheme="light", viewport=DESK)
    yield context
    context.close()


def open_page(context, site, page):
    """Open a page until all is drawn; what went wrong on the way."""
    tab, faults = context.new_page(), []
    tab.on("console", lambda message: faults.append(f"console: {message.text}") if message.type == "error" else None)
    tab.on("pageerror", lambda error: faults.append(f"error: {error}"))
    tab.on("requestfailed", lambda request: faults.append(f"failed: {request.url}"))
    tab.on("response", lambda response: faults.append(f"{response.status}: {response.url}") if response.status >= 400 else None)
    host = urlsplit(site).netloc
    tab.on("request", lambda request: faults.append(f"left home: {request.url}") if urlsplit(request.url).netloc not in (host, "") else None)
    tab.goto(f"{site}/{page}", wait_until="networkidle")
    tab.evaluate("() => window.MathJax?.startup?.promise")
    return tab, faults


# Two groups, so that two workers share the pages.
@pytest.mark.parametrize("page", PAGES, ids=[f"{'even' if number % 2 == 0 else 'odd'}@{page}" for number, page in enumerate(PAGES)])
def test_a_page_is_whole(desk, site, page):
    """Opened once, for that is dear: worked through by a reader, then looked at in light, in dark and on a phone."""
    tab, faults = open_page(desk, site, page)
    if page in NOTEBOOKS:
        leads_to_the_edition(tab, NOTEBOOKS[page].relative_to(ROOT))
        works_through(tab)
    tab.evaluate("document.querySelectorAll('details').forEach((d) => (d.open = true))")
    tab.evaluate("document.querySelectorAll('.toggle-button').forEach((button) => button.ariaExpanded === 'false' || button.click())")
    tab.wait_for_timeout(700)  # they fade in, and half-faded text has no contrast
    assert faults == []  # before axe, which asks for style sheets by addresses of its own
    tab.add_script_tag(path=str(AXE))
    assert violations(tab, {"rules": {"color-contrast": {"enabled": False}}}) == []
    for scheme, ground in [("light", "rgba(0, 0, 0, 0)"), ("dark", "rgb({}, {}, {})".format(*bytes.fromhex(CARD[1:])))]:
        tab.emulate_media(color_scheme=scheme)
        tab.wait_for_function(f"document.documentElement.dataset.theme === '{scheme}'")
        tab.wait_for_timeout(300)  # links change colour by a transition
        assert {figure["ground"] for figure in figures(tab)} <= {ground}
        tab.evaluate(LOOK_ALIKES)
        assert violations(tab, {"runOnly": ["color-contrast"]}) == [], f"too little contrast in the {scheme}"
    tab.emulate_media(color_scheme="light")
    assert too_wide(tab) == []
    tab.set_viewport_size(PHONE)
    tab.wait_for_timeout(100)
    assert tab.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], "the page scrolls sideways on a phone"
    assert too_wide(tab) == []
    for figure in figures(tab):
        assert figure["drawn"] > 0, "a figure is missing"
        assert len(figure["alt"]) >= 60
        assert figure["width"] >= PHONE_WIDTH - 1
    tab.close()


def violations(tab, options):
    run = "async (options) => (await axe.run(document, {resultTypes: ['violations'], ...options})).violations"
    found = [(violation["id"], node["html"][:200]) for violation in tab.evaluate(run, options) for node in violation["nodes"]]
    return [(rule, html) for rule, html in found if not any(rule == known and part in html for known, part in NOT_OURS)]


def too_wide(tab):
    """The formulas that are wider than their place."""
    wide = "[...document.querySelectorAll('mjx-container[display=true]')].filter((m) => m.scrollWidth > m.clientWidth + 1).map((m) => m.textContent)"
    return tab.evaluate(wide)


def figures(tab):
    """What textbook/figure_check.py assumes of them: on which ground they lie, and how wide they are."""
    look = """[...document.querySelectorAll('.bd-content figure img')].map((i) => ({
        drawn: i.naturalWidth, alt: i.alt, ground: getComputedStyle(i).backgroundColor, width: i.getBoundingClientRect().width}))"""
    return tab.evaluate(look)


def works_through(tab):
    unfolds(tab.locator(".admonition.outcome").first)
    unfolds(tab.locator(".admonition.hint").first)
    hidden = tab.locator(".cell.tag_hide-output .cell_output, .cell.tag_hide-output details .output").first
    assert not hidden.is_visible()
    answer = tab.locator(".cell.tag_answer details").first
    assert not answer.locator("pre").first.is_visible()
    answer.locator("summary").click()
    assert answer.locator("pre").first.is_visible()
    answers_a_quiz(tab)


def leads_to_the_edition(tab, place):
    url = re.search(r"url: (\S+)", (ROOT / "_config.yml").read_text()).group(1)
    owner_and_name = url.removeprefix("https://github.com/")
    links = tab.evaluate("[...document.querySelectorAll('.article-header-buttons a')].map((a) => a.href)")
    assert f"https://colab.research.google.com/github/{owner_and_name}/blob/{READER_BRANCH}/{place}" in links
    assert any(link.startswith(f"https://mybinder.org/v2/gh/{owner_and_name}/{READER_BRANCH}") and str(place) in link for link in links)
    (download,) = [link for link in links if link.endswith(".ipynb") and "_sources" in link]
    assert tab.request.get(download).json() == json.loads((ROOT / "_build" / "edition" / place).read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_every_figure_of_the_notebook_is_on_the_page(html, path):
    page = (html / path.relative_to(ROOT).with_suffix(".html")).read_text(encoding="utf-8")
    source = path.read_text(encoding="utf-8")
    shown = ('"image/png"', '"<video ')  # a picture, a film
    drawn = sum(any(mark in line for mark in shown) for line in source.splitlines()) + len(re.findall(r"```\{figure\}", source))
    assert len(re.findall(r"<figure[^>]*>", page)) == drawn > 0


def unfolds(box):
    text = box.locator("p:not(.admonition-title)").first
    assert not text.is_visible()
    box.locator(".admonition-title").click()
    assert text.is_visible()


def answers_a_quiz(tab):
    assert tab.locator(".Quiz").count() >= 4
    question = tab.locator(".Quiz:has(.MCButton)").first
    told = []
    for correct in ("false", "true"):
        question.locator(f'.MCButton[data-correct="{correct}"]').first.click()
        told.append(question.locator(".Feedback").inner_text().strip())
    assert all(told)
    assert told[0] != told[1]
    fields = tab.locator(".Quiz input[type=text]")
    for index in range(fields.count()):
        assert fields.nth(index).get_attribute("aria-label")
        fields.nth(index).press_sequentially("-12345")
        fields.nth(index).press("Enter")
        assert tab.locator(".Quiz:has(input[type=text]) .Feedback").nth(index).inner_text().strip()


def test_a_decimal_comma_is_a_decimal_point(desk, site):
    """Somewhere a right answer has decimals: typed with a comma, it is right."""
    for path in CHAPTERS:
        tab, _ = open_page(desk, site, path.relative_to(ROOT).with_suffix(".html"))
        fields = tab.locator(".Quiz input[type=text]")
        for index in range(fields.count()):
            known = json.loads(fields.nth(index).get_attribute("data-answers"))
            right = next((answer for answer in known if answer.get("correct") and "." in str(answer.get("value", ""))), None)
            if right:
                fields.nth(index).press_sequentially(str(right["value"]).replace(".", ","))
                fields.nth(index).press("Enter")
                told = tab.locator(".Quiz:has(input[type=text]) .Feedback").nth(index).inner_text()
                assert told.split()[0] == right["feedback"].split()[0]
                return
        tab.close()
    pytest.fail("no quiz asks for a number with decimals: ask one, or drop this test")


def test_search_finds_a_chapter(browser, site):
    with browser.new_context() as context:
        tab, faults = open_page(context, site, "search.html?q=leakage")
        tab.wait_for_selector("ul.search li")
        assert "workflow" in tab.content().lower()
        assert faults == []


def test_the_measured_times_are_shown(html):
    for path in CHAPTERS:
        seconds = json.loads(path.read_text())["metadata"]["book"]["cpu_seconds"]
        page = (html / path.relative_to(ROOT)).with_suffix(".html").read_text()
        assert re.search(rf"about {seconds} seconds? \(imports not counted\)", page)
        assert re.search(rf"{minutes(load(path))} minutes to read", page)
