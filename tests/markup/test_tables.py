"""Tables scroll, align by classes, and are no larger than their source warrants."""

import pytest

from cms.markup import render
from tests.markup.reading import Page


def test_alignment_is_a_class_and_never_a_style():
    html = render("|a|b|c|\n|:-|:-:|-:|\n|1|2|3|").html
    assert "style=" not in html
    assert [cell["class"] for cell in Page(html).all("td")] == ["align-left", "align-center", "align-right"]


def test_each_table_is_a_named_region_that_scrolls():
    html = render("|a|\n|-|\n|b|\n\n<table><caption>Tides</caption><tr><td>x</table>").html
    labels = [frame["aria-label"] for frame in Page(html).all("div") if frame["role"] == "region"]
    assert labels == ["Table 1", "Table 2: Tides"]
    assert html.count('tabindex="0"') == 2


def test_an_empty_heading_cell_is_a_plain_cell():
    assert "<th></th>" not in render("| |a|\n|-|-|\n|b|c|").html


def test_a_wide_head_over_short_rows_stays_text():
    assert "<table" not in render("|a" * 50 + "|\n" + "|-" * 50 + "|\n" + "x|\n" * 20).html


@pytest.mark.parametrize(
    "cells", ["<td colspan=3><td rowspan=9>", "<td colspan=2><tr><td>", "<td rowspan=3><tr>"]
)
def test_spans_that_make_no_grid_are_dropped(cells):
    html = render(f"<table><tr>{cells}x</table>").html
    assert "span=" not in html


def test_spans_that_make_a_grid_stay():
    html = render("<table><tr><td colspan=2>a<tr><td>b<td>c</table>").html
    assert '<td colspan="2">a</td>' in html
