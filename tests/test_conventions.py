"""The rules of the house: what every file of the project keeps to."""

import ast
import re
import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask_security.change_email import _generate_token as generate_change_email_token
from flask_security.confirmable import generate_confirmation_token
from flask_security.passwordless import generate_login_token
from flask_security.recoverable import generate_reset_password_token
from jinja2 import Environment, meta, nodes
from sqlalchemy import select

from cms import FEATURES, themes
from cms.cli.reference import settings_reference, signals_reference
from cms.config import ROOT
from cms.db import session
from cms.models import Event, Media, Role, SavedSearch, Setting, User, site
from tests.admin.conftest import make_job, make_mail, make_things
from tests.factories import make_page, make_post, make_user, path_to
from tests.media.pictures import plain

PYTHON = sorted((ROOT / "cms").rglob("*.py"))
TEMPLATES = sorted(ROOT.glob("themes/*/templates/**/*.html")) + sorted(ROOT.glob("cms/**/templates/**/*.*"))
FRAGMENTS = [file for file in TEMPLATES if file.name.startswith("_")]
OF_FEATURES = {file for feature in FEATURES for file in (ROOT / "cms" / feature).rglob("*.py")}
WRITE = re.compile(r"\b(INSERT|REPLACE|MERGE) INTO\b|\bUPDATE \S+ SET\b|\bDELETE FROM\b|\bTRUNCATE\b", re.I)
# What to ask of each view that answers GET, by endpoint; the first address is that of a page or a file.
ADDRESSES = {
    "static_file": "{static} /static/missing.css",
    "theme_options": "{options} /theme/000000000000.css",
    "search.search": "/search/?q=post+tag:tide+before:2030 /search/ /search/?page=9",
    "security.login": "/login /login?next=/account/",
    "security.register": "/register",
    "security.forgot_password": "/reset",
    "security.reset_password": "/reset/{reset} /reset/nothing",
    "security.send_confirmation": "/confirm",
    "security.confirm_email": "/confirm/{confirm} /confirm/nothing",
    "security.token_login": "/login/link/{sign_in} /login/link/nothing",
    "security.change_password": "/change",
    "security.change_email": "/change-email",
    "security.change_email_confirm": "/change-email/{change_email} /change-email/nothing",
    "security.verify": "/verify",
    "security.two_factor_setup": "/tf-setup",
    "security.two_factor_token_validation": "/tf-validate",
    "security.two_factor_rescue": "/tf-rescue",
    "security.tf_select": "/tf-select",
    "security.mf_recovery": "/mf-recovery",
    "security.mf_recovery_codes": "/mf-recovery-codes /mf-recovery-codes?show_codes=1",
    "security.wan_register": "/wan-register",
    "security.wan_signin": "/wan-signin",
    "security.wan_delete": "/wan-delete",
    "security.wan_verify": "/wan-verify",
    "account.account": "/account/",
    "account.registered": "/register/sent",
    "account.ask_sign_in_link": "/login/link",
    "account.link_sent": "/link-sent/reset /link-sent/nothing",
    "account.sessions": "/account/sessions/",
    "account.data": "/account/data.zip",
    "account.leave": "/account/leave",
    "account.farewell": "/account/farewell",
    "admin.index": "/admin/",
    "admin_posts.index_view": "/admin/posts/ /admin/posts/?search=hello&tag=tide&state=scheduled&sort=-title",
    "admin_posts.details_view": "/admin/posts/{post}/ /admin/posts/0/",
    "admin_posts.create_view": "/admin/posts/new/ /admin/posts/new/?key=post-new-0123456789",
    "admin_posts.edit_view": "/admin/posts/{post}/edit/ /admin/posts/{post}/edit/?recover=1",
    "admin_posts.publish": "/admin/posts/{post}/publish/ /admin/posts/{post}/publish/?at=2030-01-01T09:00",
    "admin_posts.history": "/admin/posts/{post}/history/ /admin/posts/{post}/history/?before=2",
    "admin_posts.revision": "/admin/posts/{post}/history/1/ /admin/posts/{post}/history/1/?compare=present",
    "admin_pages.index_view": "/admin/pages/ /admin/pages/?state=archived&sort=published_at&before=end",
    "admin_pages.details_view": "/admin/pages/{page}/",
    "admin_pages.create_view": "/admin/pages/new/",
    "admin_pages.edit_view": "/admin/pages/{page}/edit/",
    "admin_pages.publish": "/admin/pages/{page}/publish/",
    "admin_pages.history": "/admin/pages/{page}/history/",
    "admin_pages.revision": "/admin/pages/{page}/history/1/",
    "admin_calendar.index": "/admin/calendar/ /admin/calendar/?month=2025-01 /admin/calendar/?week=2025-W03",
    "admin_help.index": "/admin/help/",
    "admin_users.index_view": "/admin/users/ /admin/users/?search=a&role=admin&state=active&sort=-email",
    "admin_users.details_view": "/admin/users/{person}/ /admin/users/0/",
    "admin_users.create_view": "/admin/users/new/",
    "admin_users.edit_view": "/admin/users/{person}/edit/",
    "admin_users.delete_view": "/admin/users/{person}/delete/",
    "admin_pictures.index_view": "/admin/pictures/ /admin/pictures/?search=dot&words=missing",
    "admin_pictures.details_view": "/admin/pictures/{media}/ /admin/pictures/0/",
    "admin_pictures.create_view": "/admin/pictures/new/",
    "admin_roles.index_view": "/admin/roles/",
    "admin_roles.create_view": "/admin/roles/new/",
    "admin_roles.edit_view": "/admin/roles/{role}/edit/",
    "admin_roles.delete_view": "/admin/roles/{role}/delete/",
    "admin_outbox.index_view": "/admin/outbox/ /admin/outbox/?search=a&state=kept",
    "admin_outbox.details_view": "/admin/outbox/{mail}/",
    "admin_outbox.delete_view": "/admin/outbox/{mail}/delete/",
    "admin_jobs.index_view": "/admin/jobs/ /admin/jobs/?kind=test.work&state=failed",
    "admin_jobs.details_view": "/admin/jobs/{job}/",
    "admin_jobs.delete_view": "/admin/jobs/{job}/delete/",
    "admin_activity.index_view": "/admin/activity/ /admin/activity/?kind=user.created&search=alice",
    "admin_activity.details_view": "/admin/activity/{event}/",
    "admin_settings.index": "/admin/settings/",
    "admin_themes.index": "/admin/themes/",
    "admin_themes.options": "/admin/themes/plain/ /admin/themes/default/ /admin/themes/missing/",
    "admin_setup.index": "/admin/set-up/",
    "admin_tags.index_view": "/admin/tags/ /admin/tags/?search=a&sort=-name",
    "admin_tags.details_view": "/admin/tags/{tags}/ /admin/tags/0/",
    "admin_tags.create_view": "/admin/tags/new/",
    "admin_tags.edit_view": "/admin/tags/{tags}/edit/",
    "admin_tags.delete_view": "/admin/tags/{tags}/delete/",
    "admin_tags.merge_view": "/admin/tags/{tags}/merge/ /admin/tags/{tags}/merge/?into=x",
    "admin_categories.index_view": "/admin/categories/ /admin/categories/?search=a&sort=-name",
    "admin_categories.details_view": "/admin/categories/{categories}/ /admin/categories/0/",
    "admin_categories.create_view": "/admin/categories/new/",
    "admin_categories.edit_view": "/admin/categories/{categories}/edit/",
    "admin_categories.delete_view": "/admin/categories/{categories}/delete/",
    "admin_categories.merge_view": "/admin/categories/{categories}/merge/ /admin/categories/0/merge/",
    "admin_series.index_view": "/admin/series/ /admin/series/?search=a&sort=-name",
    "admin_series.details_view": "/admin/series/{series}/ /admin/series/0/",
    "admin_series.create_view": "/admin/series/new/",
    "admin_series.edit_view": "/admin/series/{series}/edit/",
    "admin_series.delete_view": "/admin/series/{series}/delete/",
    "admin_series.merge_view": "/admin/series/{series}/merge/ /admin/series/{series}/merge/?into=x",
    "admin_authors.index_view": "/admin/authors/ /admin/authors/?search=a&sort=-name",
    "admin_authors.details_view": "/admin/authors/{authors}/ /admin/authors/0/",
    "admin_authors.create_view": "/admin/authors/new/",
    "admin_authors.edit_view": "/admin/authors/{authors}/edit/",
    "admin_authors.delete_view": "/admin/authors/{authors}/delete/",
    "admin_authors.merge_view": "/admin/authors/{authors}/merge/ /admin/authors/{authors}/merge/?into=x",
    "admin_snippets.index_view": "/admin/snippets/ /admin/snippets/?search=a",
    "admin_snippets.details_view": "/admin/snippets/{snippets}/",
    "admin_snippets.create_view": "/admin/snippets/new/",
    "admin_snippets.edit_view": "/admin/snippets/{snippets}/edit/",
    "admin_snippets.delete_view": "/admin/snippets/{snippets}/delete/",
    "admin_menus.index_view": "/admin/menus/ /admin/menus/?moved=1&way=up",
    "admin_menus.create_view": "/admin/menus/new/ /admin/menus/new/?menu=footer",
    "admin_menus.edit_view": "/admin/menus/{menus}/edit/",
    "admin_menus.delete_view": "/admin/menus/{menus}/delete/",
    "admin_redirects.index_view": "/admin/redirects/ /admin/redirects/?search=a&sort=path",
    "admin_redirects.create_view": "/admin/redirects/new/",
    "admin_redirects.edit_view": "/admin/redirects/{redirects}/edit/",
    "admin_redirects.delete_view": "/admin/redirects/{redirects}/delete/",
    "admin_redirects.import_view": "/admin/redirects/import/",
    "admin_redirects.sheet_view": "{sheet_page} /admin/redirects/import/0/",
    "admin_trash.index_view": "/admin/trash/ /admin/trash/?kind=tag&search=a",
    "admin_trash.details_view": "/admin/trash/{trash}/",
    "admin_searches.edit_view": "/admin/searches/{search}/edit/",
    "admin_searches.delete_view": "/admin/searches/{search}/delete/",
    "media.picture": "{picture} /media/0000000000000000/dot.svg",
    "media.form": "{form} /media/0000000000000000/320/dot.webp",
    "health.healthz": "/healthz",
    "health.readyz": "/readyz",
    "feed.about": "/feeds/",
    "feed.xsl": "/feed.xsl",
    "feed.css": "/feed.css",
    "feed.of_site": "/feed.xml /atom.xml /feed.json",
    "feed.of_term": "/tag/tide/feed.xml /category/news/atom.xml /author/ann/feed.json /tag/none/feed.xml",
    "feed.robots": "/robots.txt",
    "feed.sitemap": "/sitemap.xml",
    "feed.part": "/sitemap-1.xml /sitemap-9.xml",
    "blog.tag": "/tag/tide/ /tag/none/",
    "blog.category": "/category/news/",
    "blog.author": "/author/ann/",
    "blog.series": "/series/lamps/",
    "blog.month": "/blog/2025/01/ /blog/2025/13/",
    "blog.home": "/",
    "blog.index": "/blog/ /blog/?tag=tide",
    "blog.manifest": "/site.webmanifest",
    "blog.favicon": "/favicon.ico",
    "blog.tags": "/tags/",
    "blog.page": "/about/ /formerly/ /missing/",
    "blog.post": "/blog/hello/ /blog/missing/",
    "blog.preview": "{preview} /preview/nothing",
}


def name_of(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def imports_of(file: Path) -> set[str]:
    """The modules below ``cms`` that a file names in its imports, such as ``models.post``."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{name_of(file)}:{node.lineno}: a relative import"
            found.update([node.module] if node.module != "cms" else (f"cms.{n.name}" for n in node.names))
    return {name.partition(".")[2] for name in found if name.split(".")[0] == "cms"}


def features_in(file: Path) -> set[str]:
    """The features that a file imports from."""
    return {module.split(".")[0] for module in imports_of(file)} & set(FEATURES)


@pytest.mark.parametrize("line", ["import cms.blog.home", "import cms.blog as b", "from cms import blog"])
def test_every_way_to_import_a_feature_is_seen(tmp_path, line):
    (tmp_path / "module.py").write_text(line)
    assert features_in(tmp_path / "module.py") == {"blog"}


@pytest.mark.parametrize("file", PYTHON, ids=name_of)
def test_only_the_database_module_commits(file):
    if name_of(file) != "cms/db.py":
        assert not re.search(r"\bsession\(?\)?\.commit\(", file.read_text())


def test_how_fresh_a_sign_in_has_to_be_is_decided_in_one_place():
    asking = [name_of(file) for file in PYTHON if "check_and_update_authn_fresh" in file.read_text()]
    assert asking == ["cms/web.py"]


@pytest.mark.parametrize("feature", FEATURES)
def test_a_feature_imports_no_other_feature(feature):
    for file in (ROOT / "cms" / feature).rglob("*.py"):
        assert features_in(file) <= {feature}, name_of(file)


@pytest.mark.parametrize("file", [file for file in PYTHON if file not in OF_FEATURES], ids=name_of)
def test_what_features_share_imports_none_of_them(file):
    assert not features_in(file)


@pytest.mark.parametrize("file", PYTHON, ids=name_of)
def test_nobody_purges_the_page_cache(file):
    if name_of(file) != "cms/cache.py":
        assert not re.search(r"\bpages\.(delete|clear|set)\b|\.delete_many\(", file.read_text())


@pytest.mark.parametrize("file", TEMPLATES, ids=name_of)
def test_no_template_holds_anything_inline(file):
    text = file.read_text()
    data_block = r"<script type=\"application/ld\+json\">"
    assert not re.search(r"<script(?![^>]*\bsrc=)", re.sub(data_block, "", text)), "script"
    assert not re.search(r"\sstyle=|\son[a-z]+=|javascript:|hx-on|hx-vals=.js:", text, re.I)
    if "/templates/mail/" not in name_of(file):  # a mail brings its style along: it can ask for no other file
        assert not re.search("<style", text, re.I)


def names_used_by(environment: Environment, text: str) -> set[str]:
    """The names that a template and the fragments it includes expect to be given."""
    parsed = environment.parse(text)
    included = {name for name in meta.find_referenced_templates(parsed) if name and "/_" in f"/{name}"}
    sources = (environment.loader.get_source(environment, name)[0] for name in included)
    given = {node.name for node in parsed.find_all(nodes.Name) if node.ctx == "store"}
    of_parts = set().union(*(names_used_by(environment, source) for source in sources)) - given
    return meta.find_undeclared_variables(parsed) | of_parts


@pytest.mark.parametrize("file", FRAGMENTS, ids=name_of)
def test_a_fragment_names_what_it_needs(whole_app, file):
    text = file.read_text()
    needs = re.match(r"\{#- needs: (.*?) -#\}", text)
    assert needs, "its first line says what it needs"
    with whole_app.test_request_context():
        context = {}
        whole_app.update_template_context(context)
        known = {*whole_app.jinja_env.globals, *context, "_", "ngettext"}
        used = names_used_by(whole_app.jinja_env, text) - known
    assert used == {name.strip() for name in needs[1].split(",")} - {"nothing"}


@pytest.mark.parametrize("theme", themes.installed())
def test_every_template_compiles_in_every_theme(whole_app, theme):
    environment: Environment = whole_app.jinja_env.overlay(loader=themes.chain(theme))
    for name in themes.chain(theme).list_templates():
        environment.compile(environment.loader.get_source(environment, name)[0], name)


def saved_search() -> SavedSearch:
    alice = User.named("alice") or make_user("alice")
    return SavedSearch.keep("users", "Editors", "role=editor", by=alice)


@pytest.fixture
def addresses(client, reader) -> dict[str, list[str]]:
    """`ADDRESSES` of a small site."""
    Setting.change("accent", "#336699", by=None)
    at = datetime(2025, 1, 15, tzinfo=UTC)
    post = make_post(title="Hello", at=at, tags=["Tide"], authors=["Ann"], category="News", series="Lamps")
    post.revise(by=None, summary="Said anew")
    page = make_page(title="Formerly")
    page.revise(by=None, slug="about")
    bob = make_user("bob")
    photograph = Media.store(plain("PNG", 400, 300), "quay.png", by=None)
    things = make_things(make_user(reader or "alice"))
    names = things | {
        "post": post.id,
        "page": page.id,
        "sheet_page": f"/admin/redirects/import/{things['sheet']}/",
        "person": bob.id,
        "preview": path_to(make_post(published=False)),
        "reset": generate_reset_password_token(bob),
        "confirm": generate_confirmation_token(bob),
        "sign_in": generate_login_token(bob),
        "change_email": generate_change_email_token(bob, "rob@example.org"),
        "role": Role.make("Treasurer", by=None).id,
        "mail": make_mail().id,
        "job": make_job().id,
        "search": saved_search().id,
        "event": session.scalars(select(Event.id)).first(),
        "picture": Media.store(b'<svg xmlns="http://www.w3.org/2000/svg"/>', "dot.svg", by=None).url,
        "media": photograph.id,
        "form": photograph.url_of(320),
        "static": re.search(r'"(/static/[^"]+)"', client.get("/").text)[1],
        "options": themes.address_of(themes.options_css(site)),
    }
    return {endpoint: listed.format(**names).split() for endpoint, listed in ADDRESSES.items()}


@pytest.mark.parametrize("reader", [None, "alice"])
def test_no_get_writes_anything(whole_app, client, sign_in, addresses, queries, reader):
    readable = {rule.endpoint for rule in whole_app.url_map.iter_rules() if "GET" in rule.methods}
    assert addresses.keys() == readable, "each view that answers GET is asked"
    if reader:
        sign_in(reader)
    for address, *others in addresses.values():
        queries.clear()
        assert client.get(address).status_code < 400, address
        for each in (address, *others):
            client.get(each, headers={"HX-Request": "true"})
            client.head(each)
        assert not [statement for statement in queries if WRITE.search(statement)], (address, *others)


def test_the_reference_of_settings_is_what_the_code_says():
    assert (ROOT / "docs" / "config.md").read_text() == settings_reference()


def test_the_reference_of_signals_is_what_the_code_says():
    assert (ROOT / "docs" / "signals.md").read_text() == signals_reference()


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-test.txt"])
def test_no_lock_file_names_an_address(name):
    assert not re.search(r"https?://|--index|--extra-index|--find-links", (ROOT / name).read_text())


@pytest.mark.parametrize(("group", "file"), [(None, "requirements.txt"), ("test", "requirements-test.txt")])
def test_a_lock_file_pins_what_the_project_asks_for(group, file):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    asked = project["dependency-groups"][group] if group else project["project"]["dependencies"]
    names = {re.match(r"[\w.-]+", line)[0].lower().replace("_", "-") for line in asked}
    assert names <= set(re.findall(r"^([\w.-]+)(?:\[.*\])?==", (ROOT / file).read_text(), re.M))
