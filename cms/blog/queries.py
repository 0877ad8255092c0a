"""What the blog asks the database."""

from datetime import datetime, timedelta

from sqlalchemy import column, exists, func, literal, select, union_all, values
from sqlalchemy.orm import defer

from cms.db import session
from cms.models import Author, Category, Page, Post, Series, Tag, User
from cms.models.base import Moment
from cms.models.listing import has_posts
from cms.models.setting import site
from cms.models.term import Term

MOST_FILTERS = 24
MOST_TERMS = 500  # of each kind
MOST_MONTHS = 480
MOST_CHILDREN = 200
KINDS = {kind.section: kind for kind in (Tag, Category, Series, Author)}


def filters() -> list[Tag]:
    """The tags to choose from above the list."""
    return list(session.scalars(select(Tag).where(has_posts(Tag)).order_by(Tag.slug).limit(MOST_FILTERS)))


def everything_by_name() -> dict[str, list[Term]]:
    """The terms that have posts: ``{section: terms}``, all kinds in one statement."""
    parts = [
        select(
            select(literal(section).label("section"), kind.name.label("name"), kind.slug.label("slug"))
            .where(has_posts(kind))
            .order_by(kind.slug)
            .limit(MOST_TERMS)
            .subquery()
        )
        for section, kind in KINDS.items()
    ]
    found: dict[str, list[Term]] = {section: [] for section in KINDS}
    for section, name, slug in session.execute(union_all(*parts)):
        found[section].append(KINDS[section](name=name, slug=slug))
    return {section: sorted(terms, key=lambda term: term.slug) for section, terms in found.items()}


def months() -> list[dict]:
    """The months in which there are posts, newest first, each with its first day and its address."""
    dates = select(Post.published_at).where(Post.is_listed()).limit(1)
    ends = [
        dates.order_by(order).scalar_subquery() for order in (Post.published_at, Post.published_at.desc())
    ]
    oldest, newest = session.execute(select(*ends)).one()
    if newest is None:
        return []
    starts = month_starts(oldest.astimezone(site.zone), newest.astimezone(site.zone))
    spans = (
        values(column("start", Moment), column("stop", Moment), name="span")
        .data([(start, following_month(start)) for start in starts])
        .cte()
    )
    within = (Post.published_at >= spans.c.start, Post.published_at < spans.c.stop)
    filled = set(
        session.scalars(
            select(spans.c.start).where(exists().where(Post.kind == "post", Post.is_listed(), *within))
        )
    )
    return [{"date": day, "url": f"/blog/{day.year}/{day.month:02}/"} for day in starts if day in filled]


def month_starts(oldest: datetime, newest: datetime) -> list[datetime]:
    """The first moments of the months from the newest back to the oldest."""
    start, starts = first_of_month(newest), []
    while start >= first_of_month(oldest) and len(starts) < MOST_MONTHS:
        starts.append(start)
        start = first_of_month(start - timedelta(days=1))
    return starts


def first_of_month(moment: datetime) -> datetime:
    return moment.replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def following_month(start: datetime) -> datetime:
    return first_of_month(start + timedelta(days=32))


def children_of(page: Page, user: User | None) -> list[Page]:
    """The pages just below ``page`` that exist for ``user``, without their texts."""
    below = Page.visible_to(user).where(Page.parent_id == page.id).order_by(Page.position, Page.id)
    return list(session.scalars(below.options(defer(Page.body), defer(Page.html)).limit(MOST_CHILDREN)))


def trail_to(page: Page, user: User | None) -> list[Page]:
    """The pages above ``page`` that exist for ``user``, from the top: their addresses begin its own."""
    parts = page.path.split("/")[:-2]
    above = ["/".join(parts[: depth + 1]) + "/" for depth in range(len(parts))]
    if not above:
        return []
    found = Page.visible_to(user).where(Page.path.in_(above)).order_by(func.length(Page.path))
    return list(session.scalars(found.options(defer(Page.body), defer(Page.html))))
