"""Filling the forms of the back office as a browser does: with all that stands in them."""

from lxml import html

from cms.models import Entry

NEW = "/admin/posts/new/"


def form_on(page: str, form: str = "writing") -> dict[str, str]:
    """The fields of a form and what stands in them, without its files."""
    [element] = html.fromstring(page).xpath("//form[@id=$id]", id=form)
    fields = {}
    for field in element.xpath(".//input[@name] | .//textarea[@name]"):
        kind = field.get("type", "text")
        if field.tag == "textarea":
            fields[field.get("name")] = (field.text or "").removeprefix("\n")
        elif kind not in ("file", "radio") and (kind != "checkbox" or "checked" in field.attrib):
            fields[field.get("name")] = field.get("value", "")
    return fields


def address_of(entry: Entry, act: str = "edit") -> str:
    return f"/admin/{entry.kind}s/{entry.id}/{act}/"


def opened(client, address: str) -> dict[str, str]:
    """The form on the page at ``address``."""
    answer = client.get(address)
    assert answer.status_code == 200
    return form_on(answer.text)


def write(client, address: str = NEW, **fields):
    """Open the form at ``address``, type ``fields`` into it and save; the answer."""
    return client.post(address, data=opened(client, address) | fields)
