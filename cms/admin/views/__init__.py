"""The views of the back office, in the order of its menu."""

from cms.admin.views.activity import Activity
from cms.admin.views.jobs import Jobs
from cms.admin.views.outbox import Outbox
from cms.admin.views.roles import Roles
from cms.admin.views.settings import Settings
from cms.admin.views.setup import SetUp
from cms.admin.views.themes import Themes
from cms.admin.views.users import Users

VIEWS = (Users, Roles, Settings, Themes, Outbox, Jobs, Activity, SetUp)
