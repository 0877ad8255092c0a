"""`flask mails`: the outbox."""

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from cms.db import session, unit_of_work
from cms.mail import send
from cms.models import Mail
from cms.models.job import FAILED, WAITING
from cms.models.listing import LARGEST_ID
from cms.models.mail import KEPT, SENDING, SENT
from cms.models.setting import site
from cms.say import refusals_said

NUMBER = click.IntRange(1, LARGEST_ID)
STATES = click.Choice([WAITING, SENDING, SENT, FAILED, KEPT])
SHOWN = ("to", "subject", "state", "error", "attempts", "created_at", "sent_at", "message_id", "job_id")


@click.group()
def mails() -> None:
    """Show, retry and drop outgoing mails."""


def found(number: int) -> Mail:
    mail = session.get(Mail, number)
    if mail is None:
        raise click.ClickException(f"There is no mail {number}.")
    return mail


@mails.command("list")
@click.option("--state", type=STATES)
@click.option(
    "--count", default=50, show_default=True, type=click.IntRange(1, 100_000), help="How many at most."
)
@with_appcontext
def list_mails(state: str | None, count: int) -> None:
    """Show the latest mails."""
    query = select(Mail).order_by(Mail.id.desc()).limit(count)
    for mail in session.scalars(query.where(Mail.state == state) if state else query):
        when = f"{mail.created_at:%Y-%m-%d %H:%M:%S}"
        click.echo(f"{mail.id:>8}  {mail.state:<8} {when}  {mail.to:<32} {mail.subject}  {mail.error[:80]}")


@mails.command()
@click.argument("number", type=NUMBER)
@with_appcontext
def show(number: int) -> None:
    """Show the mail NUMBER; of one that was sent, the text is gone."""
    mail = found(number)
    for name in SHOWN:
        click.echo(f"{name:<12} {getattr(mail, name)}")
    click.echo(f"\n{mail.text}")


@mails.command()
@click.argument("numbers", type=NUMBER, nargs=-1)
@click.option("--state", type=click.Choice([FAILED, KEPT]), help="All that failed, or all that were kept.")
@with_appcontext
@refusals_said
def retry(numbers: tuple[int, ...], state: str | None) -> None:
    """Send the mails NUMBERS, or all of a state, now."""
    every = session.scalars(select(Mail.id).where(Mail.state == state).order_by(Mail.id)) if state else ()
    for number in (*numbers, *every):
        with unit_of_work():
            found(number).retry(by=None)
        click.echo(f"Mail {number} waits for a worker.")


@mails.command()
@click.argument("numbers", type=NUMBER, nargs=-1, required=True)
@with_appcontext
@refusals_said
def drop(numbers: tuple[int, ...]) -> None:
    """Take the mails NUMBERS away for good."""
    for number in numbers:
        with unit_of_work():
            found(number).drop(by=None)
        click.echo(f"Mail {number} is gone.")


@mails.command()
@click.argument("address")
@with_appcontext
@refusals_said
def test(address: str) -> None:
    """Mail a line to ADDRESS, to see whether it arrives."""
    with unit_of_work():
        mail = send("mail/test", to=address, subject=f"{site.name}: test")
        click.echo(f"Mail {mail.id} to {mail.to} is {mail.state}.")
