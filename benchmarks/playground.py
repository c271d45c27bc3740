"""Does the playground keep 60 frames a second while it trains two layers of eight units?

The time between two frames while it trains, beside that of the same page while it rests, which is the browser's own; on a processor that is slowed
down too, as a stand-in for a smaller laptop. Prints a table in Markdown. Build the book first.
"""

import functools
import shutil
import statistics
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import click
import psutil
from playwright.sync_api import Page, sync_playwright

HTML = Path(__file__).resolve().parent.parent / "_build" / "html"
PAGE = "book/neural-networks/playground.html#playground?hidden=8,8&epochs=9999"
CHROMIUM = next(filter(None, map(shutil.which, ("google-chrome", "chromium", "chromium-browser"))), None)
GAPS = """(seconds) => new Promise((done) => {
    const times = [];
    const note = (now) => {
        times.push(now);
        if (now - times[0] < 1000 * seconds) requestAnimationFrame(note);
        else done(times.slice(1).map((time, i) => time - times[i]));
    };
    requestAnimationFrame(note);
})"""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


def _row(name: str, gaps: list[float], rest: list[float]) -> str:
    middle, late = statistics.median(gaps), statistics.quantiles(gaps, n=20)[-1]
    return f"| {name} | {middle:.1f} | {late:.1f} | {sum(gaps) / len(gaps) / (sum(rest) / len(rest)):.2f} |"


def measure(page: Page, slower: int, seconds: float) -> list[str]:
    """Rows of the table: the page at rest, and in training."""
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
    rest = page.evaluate(GAPS, seconds)
    button = page.locator(".playground-main")
    button.click()
    training = page.evaluate(GAPS, seconds)
    button.click()
    work = page.locator("#playground").get_attribute("data-work")
    name = "as it is" if slower == 1 else f"{slower} times slower"
    return [_row(f"{name}: at rest", rest, rest), _row(f"{name}: in training, {work} ms of work a frame", training, rest)]


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--seconds", default=5.0, show_default=True, type=click.FloatRange(min=1), help="How long each is watched.")
def main(seconds: float) -> None:
    """Measure the playground's frames."""
    if not (HTML / PAGE.partition("#")[0]).exists():
        raise click.ClickException("There is no built book. Run: make book")
    if CHROMIUM is None:
        raise click.ClickException("There is no Chromium on this machine. Run: .ci/debian chromium")
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=HTML))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(f"http://127.0.0.1:{server.server_port}/{PAGE}", wait_until="load")
        page.wait_for_selector(".playground-main")
        rows = [row for slower in (1, 4) for row in measure(page, slower, seconds)]
        browser.close()
    click.echo("| processor | median ms between frames | 95 % are within | mean, at rest = 1 |\n| --- | --- | --- | --- |")
    click.echo("\n".join(rows))
    click.echo(f"\nLoad of the machine: {psutil.getloadavg()[0]:.1f} processes on {psutil.cpu_count()} cores.")


if __name__ == "__main__":
    main()
