"""The figures as a picture: how much of its bound each one uses."""

from collections.abc import Sequence
from html import escape

from tests.bench.figure import Figure

ROW, TOP, BARS, WIDTH, FULL = 18, 34, 470, 800, 240


def draw(figures: Sequence[Figure]) -> str:
    """An SVG with a bar for each bounded figure; the line is the bound."""
    bounded = [(figure, figure.share) for figure in figures if figure.share is not None]
    height = TOP + ROW * len(bounded) + 12
    rows = "".join(_row(place, figure, share) for place, (figure, share) in enumerate(bounded))
    bound = BARS + FULL
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
        f'font-family="system-ui, sans-serif" font-size="11">\n'
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>\n'
        f'<text x="{bound}" y="20" text-anchor="middle" fill="#555">the bound</text>\n'
        f"{rows}"
        f'<path d="M{bound} {TOP - 8}V{height - 8}" stroke="#c2410c"/>\n</svg>\n'
    )


def _row(place: int, figure: Figure, share: float) -> str:
    y = TOP + ROW * place
    length = max(min(share * FULL, WIDTH - BARS - 6), 1)
    color = "#0f766e" if figure.kept else "#c2410c"
    told = f"{figure.value:.3g} {figure.unit} ({figure.bound})"
    return (
        f'<text x="{BARS - 8}" y="{y + 10}" text-anchor="end" fill="#222">'
        f'{escape(figure.name)} <tspan fill="#777">{escape(told)}</tspan></text>'
        f'<rect x="{BARS}" y="{y}" width="{length:.1f}" height="13" fill="{color}"/>\n'
    )
