"""The built book as a reader meets it: every page in a real browser, light, dark and on a phone, with the network cut."""

import json
import re
from urllib.parse import urlsplit

import pytest

from conftest import CHAPTERS, ROOT

PAGES = [*(f"{name}.html" for name in re.findall(r"(?:root|file): (\S+)", (ROOT / "_toc.yml").read_text())), "search.html", "genindex.html"]
VIEWS = {
    "light": {"color_scheme": "light", "viewport": {"width": 1280, "height": 900}},
    "dark": {"color_scheme": "dark", "viewport": {"width": 1280, "height": 900}},
    "phone": {"color_scheme": "light", "viewport": {"width": 390, "height": 844}},
}
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
# Violations of the theme's or a library's own markup, which no page of ours can mend: (rule, in the element's HTML): reason.
NOT_OURS = {
    ("region", "logo__title"): "sphinx-book-theme puts the name beside the logo outside its landmarks",
    ("landmark-complementary-is-top-level", "footnote-list"): "docutils writes footnotes as an aside within the article",
    ("empty-table-header", "<th></th>"): "pandas leaves the corner of a data frame's table empty",
    ("aria-allowed-role", "doc-biblioentry"): "docutils gives citations the role of DPUB-ARIA 1.0",
    ("aria-deprecated-role", "doc-biblioentry"): "docutils gives citations the role of DPUB-ARIA 1.0",
    ("aria-required-children", "citation-list"): "docutils gives citations the role of DPUB-ARIA 1.0",
}


@pytest.fixture(scope="module", params=VIEWS, ids="{}@".format)
def view(request, browser):
    context = browser.new_context(**VIEWS[request.param])
    yield request.param, context
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


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_whole(view, site, page):
    name, context = view
    tab, faults = open_page(context, site, page)
    assert faults == []
    if name == "phone":
        width = tab.evaluate("document.documentElement.scrollWidth")
        assert width <= VIEWS["phone"]["viewport"]["width"], "the page scrolls sideways on a phone"
    tab.evaluate("document.querySelectorAll('details').forEach((d) => (d.open = true))")
    tab.wait_for_timeout(700)  # they fade in, and half-faded text has no contrast
    tab.add_script_tag(path=str(AXE))
    # A phone shows the colours of the light view: measuring their contrast once is enough, and it is the slow rule.
    rules = {"color-contrast": {"enabled": name != "phone"}}
    run = "async (rules) => (await axe.run(document, {resultTypes: ['violations'], rules})).violations"
    found = [(violation["id"], node["html"][:200]) for violation in tab.evaluate(run, rules) for node in violation["nodes"]]
    ours = [(rule, html) for rule, html in found if not any(rule == known and part in html for known, part in NOT_OURS)]
    assert ours == []
    tab.close()


def test_every_figure_is_drawn_and_described(view, site):
    _, context = view
    for path in CHAPTERS:
        tab, _ = open_page(context, site, path.relative_to(ROOT).with_suffix(".html"))
        images = tab.evaluate("[...document.querySelectorAll('figure img')].map((i) => [i.naturalWidth, i.alt, getComputedStyle(i).backgroundColor])")
        figures = sum('"image/png"' in line for line in path.read_text().splitlines())
        assert len(images) == figures
        assert all(width > 600 and len(alt) >= 60 and background == "rgba(0, 0, 0, 0)" for width, alt, background in images)
        tab.close()


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_a_reader_answers_the_quiz_and_unfolds_a_hint(view, site, path):
    _, context = view
    tab, faults = open_page(context, site, path.relative_to(ROOT).with_suffix(".html"))
    assert tab.locator(".Quiz").count() >= 4
    question = tab.locator(".Quiz:has(.MCButton)").first
    question.locator('.MCButton[data-correct="false"]').first.click()
    wrong = question.locator(".Feedback").inner_text()
    question.locator('.MCButton[data-correct="true"]').first.click()
    right = question.locator(".Feedback").inner_text()
    assert wrong.strip()
    assert right.strip()
    assert wrong != right
    hint = tab.locator(".admonition.hint").first
    assert not hint.locator("p:not(.admonition-title)").first.is_visible()
    hint.locator(".admonition-title").click()
    assert hint.locator("p:not(.admonition-title)").first.is_visible()
    assert faults == []
    tab.close()


def test_the_number_field_of_a_quiz_has_a_name_and_answers(view, site):
    _, context = view
    for path in CHAPTERS:
        tab, _ = open_page(context, site, path.relative_to(ROOT).with_suffix(".html"))
        fields = tab.locator(".Quiz input[type=text]")
        for index in range(fields.count()):
            assert fields.nth(index).get_attribute("aria-label")
            fields.nth(index).press_sequentially("-12345")
            fields.nth(index).press("Enter")
            assert tab.locator(".Quiz:has(input[type=text]) .Feedback").nth(index).inner_text().strip()
        tab.close()


def test_search_finds_a_chapter(browser, site):
    with browser.new_context() as context:
        tab, faults = open_page(context, site, "search.html?q=leakage")
        tab.wait_for_selector("ul.search li")
        assert "workflow" in tab.content().lower()
        assert faults == []


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_buttons_lead_to_colab_binder_and_the_download(browser, site, path):
    url = re.search(r"url: (\S+)", (ROOT / "_config.yml").read_text()).group(1)
    owner_and_name = url.removeprefix("https://github.com/")
    with browser.new_context() as context:
        tab, _ = open_page(context, site, path.relative_to(ROOT).with_suffix(".html"))
        links = tab.evaluate("[...document.querySelectorAll('.article-header-buttons a')].map((a) => a.href)")
        place = path.relative_to(ROOT)
        assert f"https://colab.research.google.com/github/{owner_and_name}/blob/main/{place}" in links
        assert any(link.startswith(f"https://mybinder.org/v2/gh/{owner_and_name}/main") and str(place) in link for link in links)
        (download,) = [link for link in links if link.endswith(".ipynb") and "_sources" in link]
        response = tab.request.get(download)
        assert response.json()["cells"]


def test_the_measured_run_time_is_shown(html):
    for path in CHAPTERS:
        seconds = json.loads(path.read_text())["metadata"]["book"]["cpu_seconds"]
        page = (html / path.relative_to(ROOT)).with_suffix(".html").read_text()
        assert re.search(rf"about {seconds} seconds? \(imports not counted\)", page)
