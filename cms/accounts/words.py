"""What Flask-Security says, in words that fit the rest of the site."""

from flask_babel import lazy_gettext as _l

STALE = (_l("This link has expired or was used already. Ask for a new one."), "error")
WORDS = {
    "MSG_INVALID_RESET_PASSWORD_TOKEN": STALE,
    "MSG_PASSWORD_RESET_EXPIRED": STALE,
    "MSG_CHANGE_EMAIL_EXPIRED": STALE,
    "MSG_API_ERROR": STALE,
    "MSG_CHANGE_EMAIL_CONFIRMED": (_l("The new address counts from now on."), "success"),
    "MSG_DISABLED_ACCOUNT": (_l("This account is suspended. Those who run the site know why."), "error"),
    "MSG_PASSWORD_RESET_NO_LOGIN": (_l("The new password counts from now on. Sign in with it."), "success"),
    "MSG_PASSWORD_CHANGE": (_l("The new password counts from now on."), "success"),
    "MSG_PASSWORD_IS_THE_SAME": (_l("That is the password you have already."), "error"),
    "MSG_RETYPE_PASSWORD_MISMATCH": (_l("The two passwords are not the same."), "error"),
    "MSG_INVALID_PASSWORD": (_l("This is not your password."), "error"),
    "MSG_TWO_FACTOR_LOGIN_SUCCESSFUL": (_l("The code was right. You are signed in."), "success"),
    "MSG_REAUTHENTICATION_SUCCESSFUL": (_l("Thank you. Now you can go on."), "info"),
    "MSG_UNAUTHENTICATED": (_l("Sign in to see this page."), "error"),
    "MSG_LOGIN": (_l("Sign in to see this page."), "info"),
    "MSG_UNAUTHORIZED": (_l("This page is not open to you."), "error"),
}
