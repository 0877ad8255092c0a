"""Templates of mails: each in its feature's package, escaped, and addressed as the site is."""

import pytest
from jinja2 import DictLoader, TemplateNotFound

from cms import themes
from cms.mail import rendering, send


def environment(app):
    return app.extensions["mail templates"]


def test_every_template_compiles_and_has_its_two_forms(whole_app):
    names = environment(whole_app).list_templates()
    for name in names:
        environment(whole_app).get_template(name)
    stems = {name.rpartition(".")[0] for name in names if name.startswith("mail/")}
    assert {f"{stem}.{kind}" for stem in stems for kind in ("txt", "html")} <= set(names)


def test_a_theme_supplies_no_mail(app, monkeypatch):
    own = DictLoader({"mail/mail/test.txt": "of the theme", "mail/mine.txt": "of the theme"})
    monkeypatch.setattr(themes, "chain", lambda theme: own)
    assert "of the theme" not in rendering.render("mail/mail/test.txt", subject="")
    with pytest.raises(TemplateNotFound):
        rendering.render("mail/mine.txt")


def test_html_is_escaped_and_text_is_not(app, monkeypatch):
    own = DictLoader({"mail/x.html": "{{ name }}", "mail/x.txt": "{{ name }}"})
    monkeypatch.setattr(environment(app), "loader", own)
    environment(app).cache.clear()
    mail = send("x", to="bob@example.org", subject="x", name="<b>&")
    environment(app).cache.clear()
    assert (mail.text, mail.html) == ("<b>&\n", "&lt;b&gt;&amp;\n")


def test_addresses_are_the_sites_whatever_host_a_request_names(app, monkeypatch):
    own = DictLoader({"mail/x.txt": "{{ url_for('blog.home', _external=True) }}", "mail/x.html": ""})
    monkeypatch.setattr(environment(app), "loader", own)
    environment(app).cache.clear()
    with app.test_request_context("/", base_url="http://127.0.0.1"):
        mail = send("x", to="bob@example.org", subject="x")
    environment(app).cache.clear()
    assert mail.text == "http://broadside.test/\n"
