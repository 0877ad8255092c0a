"""The views of the back office, in the order of its menu."""

from cms.admin.views.activity import Activity
from cms.admin.views.entries import Pages, Posts
from cms.admin.views.jobs import Jobs
from cms.admin.views.outbox import Outbox
from cms.admin.views.roles import Roles
from cms.admin.views.searches import Searches
from cms.admin.views.setup import SetUp
from cms.admin.views.users import Users

VIEWS = (Posts, Pages, Users, Roles, Outbox, Jobs, Activity, SetUp, Searches)
