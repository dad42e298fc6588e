"""Draw how often statements of each confidence are right, as SVG."""

from html import escape

SIDE, LEFT, TOP, GAP = 220, 46, 30, 60
INK, BARS = "#1f2933", "#9fb8d0"


def panel(name, table, error, left):
    """One square: the diagonal, and a dot for each tenth, as large as its statements are many."""
    most = max((n for _, _, n in table), default=1)

    def at(c, r):
        return f"{left + SIDE * c:.1f}", f"{TOP + SIDE * (1 - r):.1f}"

    parts = [
        f'<text x="{left}" y="{TOP - 10}" font-weight="bold">{escape(name)}: error {error:.3f}</text>',
        f'<rect x="{left}" y="{TOP}" width="{SIDE}" height="{SIDE}" fill="none" stroke="{INK}"/>',
        f'<line x1="{left}" y1="{TOP + SIDE}" x2="{left + SIDE}" y2="{TOP}" stroke="{INK}" stroke-dasharray="4 4"/>',
    ]
    for tick in (0.0, 0.5, 1.0):
        x, y = at(tick, tick)
        parts.append(f'<text x="{x}" y="{TOP + SIDE + 16}" text-anchor="middle">{tick:g}</text>')
        parts.append(f'<text x="{left - 6}" y="{y}" text-anchor="end" dy="4">{tick:g}</text>')
    points = [at(c, r) for c, r, _ in table]
    path = " ".join(f"{x},{y}" for x, y in points)
    parts.append(f'<polyline points="{path}" fill="none" stroke="{INK}"/>')
    for (x, y), (_, _, n) in zip(points, table, strict=True):
        size = 2 + 8 * (n / most) ** 0.5
        parts.append(
            f'<circle cx="{x}" cy="{y}" r="{size:.1f}" fill="{BARS}" stroke="{INK}">'
            f"<title>{n} statements</title></circle>"
        )
    middle, below = left + SIDE / 2, TOP + SIDE + 34
    parts.append(f'<text x="{middle}" y="{below}" text-anchor="middle">confidence</text>')
    return "\n".join(parts)


def draw(panels):
    """Return an SVG with a panel for each (name, table, expected calibration error)."""
    width = LEFT + len(panels) * (SIDE + GAP)
    height = TOP + SIDE + 44
    words = "; ".join(f"{name} {error:.3f}" for name, _, error in panels)
    inner = "\n".join(
        panel(*one, LEFT + number * (SIDE + GAP)) for number, one in enumerate(panels)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        f'font-family="sans-serif" font-size="12" fill="{INK}">\n'
        f"<title>Share of statements that are right, by confidence; expected calibration error {words}</title>\n"
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>\n'
        f'<text x="12" y="{TOP + SIDE / 2}" text-anchor="middle" transform="rotate(-90 12 {TOP + SIDE / 2})">right</text>\n'
        f"{inner}\n</svg>\n"
    )
