"""Published attack strings through every field of the report, in a real Chromium.

    PYTHONPATH=src:tests python bench/hostile_report.py --shared ../shared

Each string becomes the text, outlet, headline, byline, dates, address, language, locator, speaker,
role, hedge, medium and method of an article of its own, and the locator and detail of a reject.
The content security policy is switched off, so that escaping alone is measured; every element is
poked with the events that such strings wait for. A control opens a part of the strings as the
markup that they are: if few of them fire, the measurement says nothing.
"""

import argparse
import json
import tempfile
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from factories import make_article, make_record, make_speaker, make_statement
from onrecord.records import Reject, StoryRecord
from onrecord.report import render
from stories import make_manifest

CHUNK = 60  # strings a report: large enough to be quick, small enough to load
CONTROLS = 250  # strings of the longest list that the control opens
FIELDS = 15
WAIT = 80  # milliseconds that a control has to fire

HOOK = """
window.fired = [];
for (const name of ["alert", "confirm", "prompt", "print"]) window[name] = (x) => { window.fired.push(name + ":" + x); };
"""
POKE = """
const events = ["mouseover", "mouseenter", "mousemove", "focus", "focusin", "blur", "click", "pointerover",
  "keydown", "error", "load", "toggle", "animationstart", "transitionend", "scroll", "wheel", "input", "change"];
document.addEventListener("click", (event) => event.preventDefault(), true);
for (const element of document.querySelectorAll("*"))
  for (const name of events) element.dispatchEvent(new Event(name, { bubbles: false, cancelable: true }));
"""


def strings(shared: Path) -> dict[str, list[str]]:
    """Return the lists of attack strings that are present, by name."""
    folder = shared / "data" / "hostile"
    purify = json.loads((folder / "dompurify/dompurify_expect.json").read_text(encoding="utf-8"))
    payloads = (folder / "payloadbox-xss/xss-payload-list.txt").read_text(encoding="utf-8")
    return {
        "dompurify": [row["payload"] for row in purify],
        "htmlsanitizer": json.loads((folder / "htmlsanitizer/html_inputs.json").read_text()),
        "blns": json.loads((folder / "blns/blns.json").read_text(encoding="utf-8")),
        "payloadbox": payloads.splitlines(),
    }


def hostile_record(chunk: Sequence[str]) -> StoryRecord:
    """Return a story in which each string is an article, a speaker and a statement."""
    articles, speakers, statements = [], [], []
    for number, text in enumerate(chunk):
        article = make_article(
            f"{number}: “{text}”, said {text}",
            outlet=text,
            title=text,
            byline=(text,),
            published=text,
            modified=text + " ",
            url=text,
            language=text,
            locator=text,
            truncated=True,
            truncated_why=text,
        )
        speaker = make_speaker(text, names=(text, f"{text} {number}"), role=text)
        articles.append(article)
        speakers.append(speaker)
        statements.append(
            make_statement(
                article,
                f"“{text}”",
                source=text,
                hedges=text,
                medium=text,
                method=text,
                act="accuses",
                speakers=(speaker.id,),
            )
        )
    return make_record(articles=articles, statements=statements, speakers=speakers, title=chunk[0])


def clean(text: str) -> str:
    """Return *text* as the readers leave it: no lone surrogates, plain line ends."""
    plain = text.encode("utf-8", "replace").decode("utf-8")
    return plain.replace("\r\n", "\n").replace("\r", "\n")


def open_file(page: Page, path: Path, html: str) -> list[str]:
    """Open *html* from *path*; return the requests for anything else."""
    requests: list[str] = []
    path.write_text(html, encoding="utf-8")

    def note(request: Any) -> None:
        requests.append(request.url)

    page.on("request", note)
    page.goto(path.as_uri())
    page.evaluate("for (const row of document.querySelectorAll('details')) row.open = true")
    page.evaluate(POKE)
    page.wait_for_timeout(WAIT)
    page.remove_listener("request", note)
    return [url for url in requests if url.partition("#")[0] != path.as_uri()]


def chunks(rows: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield *rows* in portions."""
    for start in range(0, len(rows), CHUNK):
        yield rows[start : start + CHUNK]


def measure(browser: Browser, rows: Sequence[str], path: Path) -> dict[str, int]:
    """Return how many strings ran, asked for something or left the page, in our report."""
    context = browser.new_context(bypass_csp=True)
    context.add_init_script(HOOK)
    page = context.new_page()
    counts = {"executed": 0, "requests": 0, "navigations": 0, "foreign links": 0}
    for chunk in chunks(rows):
        rejects = [Reject(locator=text, reason=text, detail=text) for text in chunk]
        html = render([hostile_record(chunk)], rejects, make_manifest())
        counts["requests"] += len(open_file(page, path, html))
        counts["executed"] += len(page.evaluate("window.fired"))
        counts["navigations"] += page.url.partition("#")[0] != path.as_uri()
        counts["foreign links"] += page.evaluate(
            "[...document.links].filter(a => !['http:', 'https:', 'file:'].includes(a.protocol)).length"
        )
    context.close()
    return counts


def control(browser: Browser, rows: Sequence[str], path: Path) -> int:
    """Return how many of *rows* run when they are opened as markup."""
    context = browser.new_context()
    context.add_init_script(HOOK)
    fired = 0
    for row in rows:
        page = context.new_page()
        page.route("http*://**", lambda route: route.abort())
        try:
            open_file(page, path, f"<!doctype html><body>{row}")
            fired += bool(page.evaluate("window.fired.length"))
        except Exception:  # noqa: BLE001 - a page that has left or broken its window has run
            fired += 1
        page.close()
    context.close()
    return fired


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    options = parser.parse_args()
    lists = strings(options.shared)
    rows = list(dict.fromkeys(filter(str.strip, map(clean, chain(*lists.values())))))
    controls = [*lists["dompurify"], *lists["htmlsanitizer"], *lists["payloadbox"][:CONTROLS]]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=options.chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        path = Path(folder) / "page.html"
        print(f"strings {len(rows)}, fields {FIELDS}, trials {len(rows) * FIELDS}")
        for name, count in measure(browser, rows, path).items():
            print(f"{name} {count}")
        print(f"control: {control(browser, controls, path)} of {len(controls)} run as markup")
        browser.close()


if __name__ == "__main__":
    main()
