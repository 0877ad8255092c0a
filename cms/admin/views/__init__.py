"""The views of the back office, in the order of its menu."""

from cms.admin.views.activity import Activity
from cms.admin.views.calendar import Calendar
from cms.admin.views.entries import Pages, Posts
from cms.admin.views.help import Help
from cms.admin.views.jobs import Jobs
from cms.admin.views.menus import Menus
from cms.admin.views.outbox import Outbox
from cms.admin.views.pictures import Pictures
from cms.admin.views.redirects import Redirects
from cms.admin.views.roles import Roles
from cms.admin.views.settings import Settings
from cms.admin.views.setup import SetUp
from cms.admin.views.snippets import Snippets
from cms.admin.views.subjects import Authors, Categories, SeriesDesk, Tags
from cms.admin.views.themes import Themes
from cms.admin.views.trash import Trash
from cms.admin.views.users import Users

VIEWS = (
    *(Posts, Pages, Calendar, Pictures),
    *(Tags, Categories, SeriesDesk, Authors, Snippets, Menus, Redirects, Trash),
    *(Users, Roles),
    *(Settings, Themes, Outbox, Jobs, Activity, SetUp),
    Help,
)
