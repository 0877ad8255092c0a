"""The rules of the house: what every file of the project keeps to."""

import ast
import re
from pathlib import Path

import pytest
from jinja2 import Environment, meta, nodes

from cms import FEATURES, signals, themes
from cms.config import ROOT, Settings
from cms.models.setting import SITE_SETTINGS

PYTHON = sorted((ROOT / "cms").rglob("*.py"))
TEMPLATES = sorted(ROOT.glob("themes/*/templates/**/*.html")) + sorted(ROOT.glob("cms/**/templates/**/*.*"))
FRAGMENTS = [file for file in TEMPLATES if file.name.startswith("_")]
SHARED = {
    "signals",
    "db",
    "cache",
    "web",
    "errors",
    "markup",
    "models",
    "search",
    "themes",
    "assets",
    "images",
}
SHARED |= {"config", "security", "languages", ""}
SAFE = {"GET", "HEAD", "OPTIONS"}


def name_of(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def imports_of(file: Path) -> set[str]:
    """The modules below ``cms`` that a file names in its imports."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "cms":
            modules = [node.module] if node.module != "cms" else [f"cms.{alias.name}" for alias in node.names]
            found.update(module.partition(".")[2] for module in modules)
    return found


@pytest.mark.parametrize("file", PYTHON, ids=name_of)
def test_only_the_database_module_commits(file):
    if name_of(file) != "cms/db.py":
        assert not re.search(r"\bsession\(?\)?\.commit\(", file.read_text())


@pytest.mark.parametrize("feature", FEATURES)
def test_a_feature_imports_no_other_feature(feature):
    for file in (ROOT / "cms" / feature).rglob("*.py"):
        others = {module.split(".")[0] for module in imports_of(file)} - SHARED - {feature}
        assert not others & set(FEATURES), f"{name_of(file)} imports {others}"


@pytest.mark.parametrize("file", sorted((ROOT / "cms" / "models").rglob("*.py")), ids=name_of)
def test_models_import_no_feature(file):
    assert not {module.split(".")[0] for module in imports_of(file)} & set(FEATURES)


@pytest.mark.parametrize("file", PYTHON, ids=name_of)
def test_nobody_purges_the_page_cache(file):
    if name_of(file) != "cms/cache.py":
        assert not re.search(r"\bpages\.(delete|clear|set)\b|\.delete_many\(", file.read_text())


@pytest.mark.parametrize("file", TEMPLATES, ids=name_of)
def test_no_template_holds_anything_inline(file):
    text = file.read_text()
    data_block = r"<script type=\"application/ld\+json\">"
    assert not re.search(r"<script(?![^>]*\bsrc=)", re.sub(data_block, "", text)), "script"
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:|hx-on|hx-vals=.js:", text, re.I)


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
        environment.parse(environment.loader.get_source(environment, name)[0])


def test_what_changes_something_does_not_answer_get(whole_app):
    for rule in whole_app.url_map.iter_rules():
        view = whole_app.view_functions[rule.endpoint]
        assert not getattr(view, "cached", False) or rule.methods <= SAFE, rule


def test_every_setting_stands_in_the_reference():
    reference = (ROOT / "docs" / "config.md").read_text()
    assert [name for name in (*Settings.model_fields, *SITE_SETTINGS) if f"`{name}`" not in reference] == []


def test_every_signal_stands_in_the_reference():
    reference = (ROOT / "docs" / "signals.md").read_text()
    assert [name for name in signals.domain if f"`{name}`" not in reference] == []


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-test.txt"])
def test_no_lock_file_names_an_address(name):
    assert not re.search(r"https?://|--index|--extra-index|--find-links", (ROOT / name).read_text())
