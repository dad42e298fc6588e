"""Small invented pages for tests: a body in the frame that outlets put around it."""

FILLER = (
    "<p>The board of the harbour met on Friday in the old customs house and heard what had become "
    "of the two cranes that were ordered in spring, at a price that nobody has explained.</p>"
    "<p>It will meet again in May, when the auditor is to report on the letters that went to and "
    "fro between the builder and the office of the harbour master before the order.</p>"
)


def page(
    body: str = FILLER, head: str = "", *, lang: str = "en", title: str = "Cranes are late"
) -> bytes:
    """Return a page with navigation, a headline, *body* and a footer."""
    return (
        f"<!DOCTYPE html><html lang='{lang}'><head><meta charset='utf-8'><title>{title} | The Lowmere Post"
        f"</title>{head}</head><body><nav><ul><li><a href='/'>Home</a></li><li><a href='/sport'>Sport</a>"
        f"</li></ul></nav><main><article><h1>{title}</h1>{body}</article></main>"
        "<footer><p>Copyright © The Lowmere Post. All rights reserved.</p></footer></body></html>"
    ).encode()
