"""Every kind of page that a reader can see, by name."""

from e2e import content

OF_ACCOUNTS = {
    "sign-in": "/login",
    "registering": "/register",
    "forgotten password": "/reset",
    "link for signing in": "/login/link",
    "link sent": "/link-sent/reset",
}  # whose forms may set a cookie
KINDS = {
    "home": "/",
    "list": "/blog/",
    "filtered list": content.TAGGED,
    "long post": content.LONG_POST,
    "post with code": content.CODE_POST,
    "post of a series": "/blog/then-the-south-bank/",
    "archived post": content.ARCHIVED,
    "page": "/about/",
    "page below another": "/help/faq/",
    "tag": "/tag/night-swimming/",
    "author": "/author/pim-ottelwick/",
    "category": "/category/workshop/",
    "series": "/series/round-the-river-on-foot/",
    "month": "/blog/2025/5/",
    "index": "/tags/",
    "search": "/search/?q=glimmerlamp",
    "search without words": "/search/",
    "search for nothing": "/search/?q=zzquibble",
    "feeds": "/feeds/",
    **OF_ACCOUNTS,
    "not found": "/nowhere/",
    "removed": content.REMOVED,
    "broken": content.BROKEN,
}
