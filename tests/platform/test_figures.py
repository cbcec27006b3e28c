"""Figures that a benchmark computes alike on every machine are held by every run of the tests."""

from xml.etree import ElementTree

from tests.bench import price
from tests.bench.figure import Figure
from tests.bench.plot import draw


def test_the_model_price_of_requests_keeps_its_bounds() -> None:
    figures = list(price.measure())

    assert {figure.name for figure in figures} >= {"a million check-ins", "a million punches"}
    assert [figure for figure in figures if not figure.kept] == []


def test_a_picture_has_a_bar_for_each_figure_with_a_bound() -> None:
    figures = [
        Figure(name="kept <well>", value=1, unit="s", at_most=2),
        Figure(name="broken", value=1, unit="x", at_least=10),
        Figure(name="for the reader", value=3, unit="s"),
    ]

    picture = ElementTree.fromstring(draw(figures))

    bars = picture.findall("{*}rect")[1:]
    assert [float(bar.attrib["width"]) for bar in bars] == [120, 324]
    assert [bar.attrib["fill"] for bar in bars] == ["#0f766e", "#c2410c"]
    assert "kept <well>" in "".join(picture.itertext())
