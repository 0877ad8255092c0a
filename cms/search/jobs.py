"""The documents of posts whose tag or author was renamed, merged, removed or brought back.

The first posts are renewed at once; where there are more, the next job renews the next ones, so that nobody
waits for tens of thousands.
"""

from sqlalchemy import select

from cms.db import session
from cms.jobs import enqueue, job
from cms.models import Byline, Post, Tagging, Trashed
from cms.search.document import SearchDocument

BATCH = 100  # posts
LINES = {"tag": (Tagging.post_id, Tagging.tag_id), "author": (Byline.post_id, Byline.author_id)}


@job("search.follow_term")
def follow_term(kind: str, id: int, after: int = 0) -> None:
    """Renew the posts of a tag or an author whose numbers come ``after``."""
    post, term = LINES[kind]
    numbers = session.scalars(select(post).where(term == id, post > after).order_by(post).limit(BATCH)).all()
    follow(numbers)
    if len(numbers) == BATCH:
        enqueue(follow_term, kind=kind, id=id, after=numbers[-1])


@job("search.follow_trashed")
def follow_trashed(id: int, start: int = 0) -> None:
    """Renew the posts of what lies in the trash, from the ``start``-th on; if it still lies there."""
    trashed = session.get(Trashed, id)
    places = trashed.data["links"]["places"][start : start + BATCH] if trashed else []
    follow([post for post, _place in places])
    if len(places) == BATCH:
        enqueue(follow_trashed, id=id, start=start + BATCH)


def follow(numbers: list[int]) -> None:
    posts = select(Post).where(Post.id.in_(numbers)).options(*Post.with_terms())
    for post in session.scalars(posts.execution_options(populate_existing=True)):  # lines went by bulk SQL
        SearchDocument.follow(post)
