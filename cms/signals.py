"""Every domain event. Each is sent by one verb on a model, inside the transaction of the change.

The sender is the changed object; the arguments are always ``event`` (the signal's name), ``by`` (the acting
`User`, or None for the system) and ``changes`` (``{field: [before, after]}``).
"""

from blinker import Namespace

domain = Namespace()

entry_written = domain.signal("entry.written", doc="Entry: a post or page was begun as a draft.")
entry_revised = domain.signal("entry.revised", doc="Entry: its text, address or classification was changed.")
entry_published = domain.signal("entry.published", doc="Entry: it was published, now or for a future moment.")
entry_withdrawn = domain.signal("entry.withdrawn", doc="Entry: it became a draft again.")
entry_archived = domain.signal("entry.archived", doc="Entry: it left the lists and kept its address.")
entry_removed = domain.signal("entry.removed", doc="Entry: it went to the trash; its address is gone.")
entry_restored = domain.signal("entry.restored", doc="Entry: it came back from the trash.")
term_saved = domain.signal("term.saved", doc="Tag, Category, Series or Author: made or changed.")
media_stored = domain.signal("media.stored", doc="Media: a file was stored.")
redirect_set = domain.signal("redirect.set", doc="Redirect: an old address was given an answer.")
menu_set = domain.signal("menu.set", doc="MenuItem: an item of a menu was placed.")
setting_changed = domain.signal("setting.changed", doc="Setting: a setting of the site was changed.")
user_created = domain.signal("user.created", doc="User: an account was made.")
