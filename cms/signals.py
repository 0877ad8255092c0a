"""Every domain event. Each is sent by one verb on a model, inside the transaction of the change.

The sender is the changed object; the arguments are always ``event`` (the signal's name), ``by`` (the acting
`User`, or None for the system) and ``changes`` (``{field: [before, after]}``).
"""

from blinker import Namespace

domain = Namespace()

entry_written = domain.signal("entry.written", doc="Entry: a post or page was begun as a draft.")
entry_revised = domain.signal("entry.revised", doc="Entry: its text, address or classification was changed.")
entry_published = domain.signal("entry.published", doc="Entry: it was published, now or for a future moment.")
entry_rescheduled = domain.signal("entry.rescheduled", doc="Entry: it will appear at another moment.")
entry_submitted = domain.signal("entry.submitted", doc="Entry: it was sent for review.")
entry_sent_back = domain.signal("entry.sent_back", doc="Entry: a reviewer returned it with remarks.")
entry_withdrawn = domain.signal("entry.withdrawn", doc="Entry: it became a draft again.")
entry_archived = domain.signal("entry.archived", doc="Entry: it left the lists and kept its address.")
entry_removed = domain.signal("entry.removed", doc="Entry: it went to the trash; its address is gone.")
entry_restored = domain.signal("entry.restored", doc="Entry: it came back from the trash.")
entry_deleted = domain.signal("entry.deleted", doc="Entry: it left the trash for good.")
entry_preview_made = domain.signal("entry.preview_made", doc="Entry: somebody made a link to its preview.")
entry_previews_ended = domain.signal(
    "entry.previews_ended", doc="Entry: links to its preview lead nowhere any more."
)
revision_named = domain.signal("revision.named", doc="Revision: it was given a name.")
note_put = domain.signal("note.put", doc="Note: an editor wrote a note beside a text.")
note_settled = domain.signal("note.settled", doc="Note: what it asks for was done.")
note_reopened = domain.signal("note.reopened", doc="Note: what it asks for is still to be done.")
term_saved = domain.signal("term.saved", doc="Tag, Category, Series or Author: made or changed.")
term_merged = domain.signal(
    "term.merged", doc="Tag, Category, Series or Author: it took over the posts of another one."
)
series_arranged = domain.signal("series.arranged", doc="Series: its posts were put into another order.")
thing_trashed = domain.signal(
    "thing.trashed", doc="Subject, author, menu item, redirect or snippet: it went to the trash."
)
thing_restored = domain.signal(
    "thing.restored", doc="Subject, author, menu item, redirect or snippet: it came back from the trash."
)
media_stored = domain.signal("media.stored", doc="Media: a file was stored.")
media_described = domain.signal("media.described", doc="Media: it was put into words, or given a credit.")
redirect_set = domain.signal("redirect.set", doc="Redirect: an old address was given an answer.")
redirect_dropped = domain.signal("redirect.dropped", doc="Redirect: it gave way to a page at its address.")
menu_set = domain.signal("menu.set", doc="MenuItem: an item of a menu was placed.")
menu_moved = domain.signal("menu.moved", doc="MenuItem: it got another place in its menu.")
snippet_saved = domain.signal("snippet.saved", doc="Snippet: made or changed.")
setting_changed = domain.signal("setting.changed", doc="Setting: a setting of the site was changed.")
user_created = domain.signal("user.created", doc="User: an account was made.")
user_invited = domain.signal("user.invited", doc="User: somebody was asked to choose a password.")
user_revised = domain.signal("user.revised", doc="User: its name or address was changed by somebody.")
user_granted = domain.signal("user.granted", doc="User: its roles were changed.")
user_suspended = domain.signal("user.suspended", doc="User: it was shut out.")
user_reinstated = domain.signal("user.reinstated", doc="User: it was let in again.")
user_confirmed = domain.signal("user.confirmed", doc="User: its address was confirmed.")
user_email_changed = domain.signal("user.email_changed", doc="User: its owner confirmed another address.")
user_password_changed = domain.signal("user.password_changed", doc="User: its password was changed.")
user_signed_in = domain.signal("user.signed_in", doc="User: its owner signed in.")
user_signed_out = domain.signal("user.signed_out", doc="User: its owner signed out.")
user_sessions_ended = domain.signal("user.sessions_ended", doc="User: it was signed out in several browsers.")
user_second_factor_set = domain.signal("user.second_factor_set", doc="User: a second factor was set up.")
user_second_factor_removed = domain.signal(
    "user.second_factor_removed", doc="User: it lets its owner in without a second factor."
)
user_recovery_codes_made = domain.signal("user.recovery_codes_made", doc="User: it got new recovery codes.")
user_passkey_added = domain.signal("user.passkey_added", doc="User: a passkey was added.")
user_passkey_removed = domain.signal("user.passkey_removed", doc="User: a passkey was removed.")
user_forgotten = domain.signal("user.forgotten", doc="User: nobody confirmed it in time; it is deleted.")
user_left = domain.signal("user.left", doc="User: the account was deleted; what it wrote stays.")
role_made = domain.signal("role.made", doc="Role: a role of the site’s own was made.")
role_described = domain.signal("role.described", doc="Role: its description was changed.")
role_removed = domain.signal("role.removed", doc="Role: it was taken from everybody and removed.")
permission_set = domain.signal("permission.set", doc="Permission: a role was allowed something, or not.")
job_retried = domain.signal("job.retried", doc="Job: somebody had it run again.")
job_dropped = domain.signal("job.dropped", doc="Job: somebody took it away.")
mail_failed = domain.signal("mail.failed", doc="Mail: it could not be sent and won’t be tried again.")
mail_retried = domain.signal("mail.retried", doc="Mail: somebody had it sent, or sent again.")
mail_dropped = domain.signal("mail.dropped", doc="Mail: somebody took it away.")
mail_tested = domain.signal("mail.tested", doc="Mail: somebody had a test mail sent to themselves.")
search_saved = domain.signal("search.saved", doc="SavedSearch: a list’s filter got a name, or another one.")
search_removed = domain.signal("search.removed", doc="SavedSearch: it was taken away.")
list_exported = domain.signal(
    "list.exported", doc="User: took a list of the back office along as a file; says which, and how filtered."
)
