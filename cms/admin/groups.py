"""The groups in which the menu of the back office lists the views."""

from flask_babel import lazy_gettext as _l

HALL, WRITE, SUBJECTS, SITE = "hall", "write", "subjects", "site"
PEOPLE, MACHINES = "people", "machines"
GROUPS = {
    HALL: "",  # stands without a heading
    WRITE: _l("Write"),
    SUBJECTS: _l("Subjects"),
    SITE: _l("The site"),
    PEOPLE: _l("Accounts"),
    MACHINES: _l("Machine room"),
}
