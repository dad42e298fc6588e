"""Why an input could not be read: the closed list of `rejects.reason`."""

__all__ = ["REASONS", "Unreadable"]

REASONS = {
    "bad_row": "a row that is not a JSON object, or whose text is not a string",
    "binary": "neither text nor a page: an image, a word processor's file, a ZIP file",
    "crashed": "the reader died on the document, twice",
    "damaged": "a compressed file that ends early or is corrupt",
    "duplicate": "the same article (same id) was read before in this run",
    "empty": "nothing but white space",
    "erased": "the article was erased from this store and is not taken in again",
    "failed": "a stage failed on the article: a fault of ours, please report it",
    "memory_limit": "more memory than the limit was needed to read it",
    "no_main_text": "no passage of running text: an index, a video, a form, a list of addresses",
    "no_text": "a row with neither text nor html",
    "parser_failed": "the parser gave up on the document",
    "not_a_page": "a record of an archive that holds no page: a picture, an error of the server",
    "own_output": "a report, a run, tables or a store that onrecord wrote",
    "paywall": "only the teaser in front of a paywall is in the page",
    "pdf": "a PDF; save the article as a page or as text",
    "revisit": "a record of an archive that points at an earlier one instead of holding a page",
    "script_only": "the page is built by a script and holds no text itself",
    "time_limit": "it was not read within the limit of time",
    "too_deep": "tags nested deeper than the limit",
    "too_large": "more bytes, once decompressed, than the limit",
    "too_many_attributes": "a tag with more attributes than the limit",
    "unreadable": "the file or folder could not be opened or read",
}
"""Reason word to its meaning; `docs/errors.md` lists the same words."""


class Unreadable(Exception):  # noqa: N818 - not an error of the caller: it becomes a reject
    """Raised inside `ingest` only: the document becomes a reject with this reason."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail
