"""Published attack strings through every field of the report, in a real Chromium.

    PYTHONPATH=src:tests python bench/hostile_report.py --shared ../shared

Each string becomes the text, outlet, headline, byline, dates, address, language, locator, speaker,
role, hedge, medium and method of an article of its own, and the locator and detail of a reject.
The content security policy is switched off, so that escaping alone is measured; every element is
poked with the events that such strings wait for, clicked where a link or button runs a script, and
given the time that animations and delays need. A control does the same to a page without escaping,
where a string stands as markup, in quoted attributes and as the address of a link and a frame: if
few of them fire there, the measurement says nothing.
"""

import argparse
import contextlib
import json
import tempfile
from collections.abc import Iterator, Sequence
from html import escape
from itertools import chain
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Error, Page, Route, sync_playwright

from factories import make_article, make_record, make_speaker, make_statement
from onrecord.records import Reject, StoryRecord
from onrecord.report import render
from stories import make_manifest

CHUNK = 60  # strings a report: large enough to be quick, small enough to load
CONTROLS = 250  # strings of the longest list that the control opens
FIELDS = 15
WAIT = 150  # milliseconds that a string has to fire
LONGER = 400  # the same where a page loads and pokes itself meanwhile

# A binding reaches every frame, also those of another origin.
HOOK = """
for (const name of ["alert", "confirm", "prompt", "print"]) window[name] = (x) => { window.heard(name + ":" + x); };
"""
CONTEXTS = (
    "<!doctype html><body>{}",
    "<!doctype html><body><input value=\"{}\"><p title='{}'>x</p>",
    '<!doctype html><body><a href="{}">x</a><iframe src="{}"></iframe>',
    "<!doctype html><body><script>var text = '{}';</script>",
)
POKE = """
const events = ["mouseover", "mouseenter", "mousemove", "focus", "focusin", "blur", "click", "pointerover",
  "keydown", "error", "load", "toggle", "animationstart", "transitionend", "scroll", "wheel", "input", "change"];
const scripted = (node) => ["href", "xlink:href", "action", "formaction"].some(
  (name) => /^[\\s\\0-\\x1f]*j[\\s]*a[\\s]*v[\\s]*a/i.test(node.getAttribute(name) ?? ""));
document.addEventListener("click", (event) => {
  const path = event.composedPath().filter((node) => node.getAttribute);
  if (!path.some((node) => scripted(node) || (node.form && scripted(node.form)))) event.preventDefault();
}, true);
for (const element of document.querySelectorAll("*")) {
  const own = [...element.attributes].map((a) => a.name).filter((a) => a.startsWith("on")).map((a) => a.slice(2));
  for (const name of new Set([...events, ...own])) element.dispatchEvent(new Event(name, { bubbles: false, cancelable: true }));
  element.focus?.();
  if (element.matches("a, area, button, input, summary, svg *, math *"))
    element.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
}
"""
POKE_ON_LOAD = f"addEventListener('load', () => setTimeout(() => {{ {POKE} }}));"


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
    for frame in page.frames:
        with contextlib.suppress(Error):  # a frame that has left is no longer there to be poked
            frame.evaluate(
                "for (const row of document.querySelectorAll('details')) row.open = true"
            )
            frame.evaluate(POKE)
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
    heard = listen(context)
    page = context.new_page()
    counts = {"executed": 0, "requests": 0, "navigations": 0, "foreign links": 0}
    for chunk in chunks(rows):
        rejects = [Reject(locator=text, reason=text, detail=text) for text in chunk]
        html = render([hostile_record(chunk)], rejects, make_manifest())
        counts["requests"] += len(open_file(page, path, html))
        counts["executed"] += len(heard)
        heard.clear()
        counts["navigations"] += page.url.partition("#")[0] != path.as_uri()
        counts["foreign links"] += page.evaluate(
            "[...document.links].filter(a => !['http:', 'https:', 'file:'].includes(a.protocol)).length"
        )
    context.close()
    return counts


def listen(context: BrowserContext) -> list[str]:
    """Return the list to which every frame of *context* adds what it runs."""
    heard: list[str] = []
    context.expose_binding("heard", lambda _, text: heard.append(text))
    context.add_init_script(HOOK)
    return heard


def elsewhere(route: Route) -> None:
    """Answer a request for a script with one; nothing leaves this machine."""
    if route.request.resource_type == "script":
        route.fulfill(body="alert('from elsewhere')", content_type="text/javascript")
    else:
        route.abort()


def control(browser: Browser, rows: Sequence[str], path: Path) -> int:
    """Return how many of *rows* run in a page that does not escape them."""
    context = browser.new_context()
    heard = listen(context)
    context.add_init_script(POKE_ON_LOAD)
    fired = 0
    for row in rows:
        page = context.new_page()
        page.route("http*://**", elsewhere)
        heard.clear()
        frames = (escape(text.replace("{}", row)) for text in CONTEXTS)
        html = "".join(f'<iframe srcdoc="{text}"></iframe>' for text in frames)
        with contextlib.suppress(Error):  # a page that has left is judged by what it ran before
            path.write_text(f"<!doctype html><body>{html}", encoding="utf-8")
            # Nothing is asked of the page: a string that keeps its script busy would not answer.
            page.goto(path.as_uri(), wait_until="commit")
            page.wait_for_timeout(LONGER)
        fired += bool(heard)
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
        print(
            f"control: {control(browser, controls, path)} of {len(controls)} run without escaping"
        )
        browser.close()


if __name__ == "__main__":
    main()
