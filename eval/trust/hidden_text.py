"""Compare what is read as hidden with what a real browser shows.

    python eval/trust/hidden_text.py [--pages 500] [--page ../shared/data/hostile/own-bad/30_hidden.html]

Generates pages whose paragraphs are hidden, or not, in many ways (own style, classes, ids,
descendants, `!important`, media queries, undone by a later rule or a child), loads each in
headless Chromium and asks it which paragraphs it shows (checkVisibility, client rectangles,
computed colour against the ground). Prints the agreement and each kind of disagreement.
"""

import argparse
import collections
import random
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from onrecord.ingest.documents import Document
from onrecord.ingest.inputs import read_document
from onrecord.records import Article
from onrecord.resources import load_resources

RESOURCES = load_resources()
PLAIN = (
    "The board of the harbour met on Friday in the old customs house and heard witness number {}."
)
JUDGE = """() => Array.from(document.querySelectorAll('[data-n]')).filter(e => {
  if (!e.checkVisibility({opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true})) return false;
  const range = document.createRange(); range.selectNodeContents(e);
  const boxes = Array.from(range.getClientRects());
  const on = boxes.some(b => b.width > 1 && b.height > 1 && b.right > 0 && b.bottom + scrollY > 0 && b.left < 20000);
  if (!on) return false;
  const style = getComputedStyle(e);
  if (parseFloat(style.fontSize) === 0) return false;
  let ground = null;
  for (let at = e; at && !ground; at = at.parentElement) {
    const c = getComputedStyle(at).backgroundColor;
    if (c !== 'rgba(0, 0, 0, 0)' && c !== 'transparent') ground = c;
  }
  if (style.color === (ground || 'rgb(255, 255, 255)')) return false;
  if (style.color.startsWith('rgba') && style.color.endsWith(', 0)')) return false;
  for (let at = e; at; at = at.parentElement) {
    const s = getComputedStyle(at), b = at.getBoundingClientRect();
    if ((s.overflowX === 'hidden' || s.overflowX === 'clip') && (b.width <= 1 || b.height <= 1)) return false;
    if (s.position === 'absolute' && /rect\\((0px|1px)/.test(s.clip)) return false;
    if (/inset\\((50|100)%/.test(s.clipPath)) return false;
  }
  return true;
}).map(e => e.dataset.n)"""

# How a paragraph is written: attributes, style sheet rule, wrapper before and after.
WAYS: dict[str, tuple[str, str, str, str]] = {
    "plain": ("", "", "", ""),
    "display none": ('style="display:none"', "", "", ""),
    "display none important": ('style="display : none !important; color:red"', "", "", ""),
    "hidden": ("hidden", "", "", ""),
    "hidden undone": ('hidden style="display:block"', "", "", ""),
    "font-size 0": ('style="font-size:0px"', "", "", ""),
    "font-size 0 around": ("", "", '<div style="font-size:0">', "</div>"),
    "font-size 0 around, undone": ('style="font-size:16px"', "", '<div style="font-size:0">', "</div>"),
    "white on white": ('style="color:#FFF;background:#ffffff"', "", "", ""),
    "white on white around": ('style="color:white"', "", '<div style="background-color:rgb(255,255,255)">', "</div>"),
    "white on black": ('style="color:white"', "", '<div style="background:#000">', "</div>"),
    "black on black": ("", "", '<div style="background:#000">', "</div>"),
    "transparent colour": ('style="color:transparent"', "", "", ""),
    "rgba 0": ('style="color:rgba(0,0,0,0)"', "", "", ""),
    "off screen": ('style="position:absolute;left:-9999px"', "", "", ""),
    "off the top": ('style="position:fixed;top:-5000px"', "", "", ""),
    "relative left": ('style="position:relative;left:12px"', "", "", ""),
    "text-indent": ('style="text-indent:-9999px;white-space:nowrap;overflow:hidden"', "", "", ""),
    "visibility": ('style="visibility:hidden"', "", "", ""),
    "visibility around, undone": ('style="visibility:visible"', "", '<div style="visibility:hidden">', "</div>"),
    "opacity 0": ('style="opacity:0"', "", "", ""),
    "opacity 0.5": ('style="opacity:0.5"', "", "", ""),
    "opacity around": ("", "", '<div style="opacity:0.0">', "</div>"),
    "class": ('class="c{n}"', ".c{n}{{display:none}}", "", ""),
    "class of tag": ('class="c{n}"', "p.c{n} {{ visibility : hidden }}", "", ""),
    "id": ('id="i{n}"', "#i{n}{{display:none}}", "", ""),
    "class undone later": ('class="c{n}"', ".c{n}{{display:none}} .c{n}{{display:block}}", "", ""),
    "class undone by id": ('class="c{n}" id="i{n}"', "#i{n}{{display:block}} .c{n}{{display:none}}", "", ""),
    "class important": ('class="c{n}" style="display:block"', ".c{n}{{display:none!important}}", "", ""),
    "descendant": ("", ".w{n} p{{display:none}}", '<div class="w{n}"><div>', "</div></div>"),
    "child": ("", ".w{n} > p{{display:none}}", '<div class="w{n}">', "</div>"),
    "child, too deep": ("", ".w{n} > p{{display:none}}", '<div class="w{n}"><div>', "</div></div>"),
    "list of selectors": ('class="c{n}"', "h6, .c{n}, .zz{{display:none}}", "", ""),
    "media print": ('class="c{n}"', "@media print{{.c{n}{{display:none}}}}", "", ""),
    "media screen": ('class="c{n}"', "@media screen{{.c{n}{{display:none}}}}", "", ""),
    "after a block": ('class="c{n}"', "@media print{{.x{{color:red}}}} .c{n}{{opacity:0}}", "", ""),
    "in a comment": ('class="c{n}"', "/* .c{n}{{display:none}} */", "", ""),
    "supports": ('class="c{n}"', "@font-face{{font-family:x;src:url(x)}} .c{n}{{display:none}}", "", ""),
    "details": ("", "", "<details><summary>More</summary>", "</details>"),
    "details open": ("", "", "<details open><summary>More</summary>", "</details>"),
    "sr-only": ('class="sr-only"', ".sr-only{{position:absolute;width:1px;height:1px;overflow:hidden;clip:rect(0,0,0,0)}}", "", ""),
    "clip-path": ('style="clip-path:inset(50%);position:absolute"', "", "", ""),
    "height 0": ('style="height:0;overflow:hidden"', "", "", ""),
    "max-height 0": ('style="max-height:0;overflow:hidden"', "", "", ""),
    "height 0, not cut": ('style="height:0"', "", "", ""),
    "scale 0": ('style="transform:scale(0)"', "", "", ""),
    "aria-hidden": ('aria-hidden="true"', "", "", ""),
    "content-visibility": ("", "", '<div style="content-visibility:hidden">', "</div>"),
}  # fmt: skip


def generate(chance: random.Random) -> tuple[str, dict[str, str]]:
    """Return a page and the way of each of its numbered paragraphs."""
    ways = {str(n): chance.choice(sorted(WAYS)) for n in range(chance.randint(4, 8))}
    body: list[str] = []
    style: list[str] = []
    number = 100
    for n, way in ways.items():
        for _ in range(chance.randint(1, 3)):
            number += 1
            body.append(f"<p>{PLAIN.format(number)}</p>")
        attributes, rule, before, after = WAYS[way]
        style.append(rule.format(n=n))
        said = f"“I took the money,” said witness number {n} of the harbour board on Friday."
        body.append(
            f"{before.format(n=n)}<p data-n='{n}' {attributes.format(n=n)}>{said}</p>{after}"
        )
    body += [f"<p>{PLAIN.format(200 + n)}</p>" for n in range(3)]
    head = f"<meta charset=utf-8><title>T</title><style>{' '.join(style)}</style>"
    inner = f"<article><h1>Witnesses</h1>{''.join(body)}</article>"
    return f"<!DOCTYPE html><html><head>{head}</head><body>{inner}</body></html>", ways


def seen_by_reader(markup: str) -> set[str]:
    """Return the numbers of the paragraphs that are read as something that readers saw."""
    item = read_document(Document(locator="x", format="page", data=markup.encode()), RESOURCES)
    if not isinstance(item, Article):
        return set()
    shown = "\n".join(
        block.span.of(item.text) for block in item.blocks if block.kind != "boilerplate"
    )
    return {str(n) for n in range(10) if f"said witness number {n} of" in shown}


def compare(page: Page, count: int) -> int:
    """Print the agreement over *count* pages; return the exit code."""
    chance = random.Random(17)
    agreed = total = leaks = 0
    wrong: collections.Counter[str] = collections.Counter()
    for _ in range(count):
        markup, ways = generate(chance)
        page.set_content(markup)
        browser = set(page.evaluate(JUDGE))
        ours = seen_by_reader(markup)
        for n, way in ways.items():
            total += 1
            agreed += (n in browser) == (n in ours)
            leaks += n in ours and n not in browser
            if (n in browser) != (n in ours):
                wrong[f"{way}: browser {'shows' if n in browser else 'hides'}"] += 1
    print(
        f"{count} pages, {total} paragraphs: agreement {agreed / total:.1%}, hidden ones taken as seen {leaks}"
    )
    for way, times in sorted(wrong.items()):
        print(f"  {way}: {times} times")
    return 0 if agreed >= 0.95 * total else 1


def main() -> int:
    """Run, print, and return the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=int, default=500)
    parser.add_argument(
        "--page", type=Path, default=Path("../shared/data/hostile/own-bad/30_hidden.html")
    )
    options = parser.parse_args()
    if options.page.is_file():
        item = read_document(
            Document(locator="x", format="page", data=options.page.read_bytes()), RESOURCES
        )
        shown = (
            "\n".join(
                block.span.of(item.text) for block in item.blocks if block.kind != "boilerplate"
            )
            if isinstance(item, Article)
            else ""
        )
        print(f"{options.page.name}: {shown.count('POISON')} of 17 planted passages taken as seen")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        code = compare(browser.new_page(), options.pages)
        browser.close()
    return code


if __name__ == "__main__":
    sys.exit(main())
