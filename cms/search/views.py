"""The search page."""

from flask import Response, abort, request, url_for

from cms.search import bp
from cms.search.finding import MOST_PAGES, find
from cms.search.grammar import LONGEST_QUERY
from cms.web import render

PAGES = {str(number): number for number in range(1, MOST_PAGES + 1)}


@bp.get("/search/")
def search() -> Response:
    query = request.args.get("q", "").strip()[:LONGEST_QUERY]
    page = PAGES.get(request.args.get("page", "1")) or abort(404)
    found = find(query, page)
    if page > 1 and not found.results:
        abort(404)
    return render(
        "search/search.html",
        fragment="search/_results.html",
        query=query,
        results=found.results,
        more=url_for("search.search", q=query, page=page + 1) if found.has_more else None,
        problem=found.problem,
    )
