"""The jobs that make the smaller forms of pictures."""

from datetime import timedelta

from sqlalchemy import select

from cms.db import session, unit_of_work
from cms.files import write_once
from cms.images import SVG, look_at
from cms.jobs import enqueue, every, job
from cms.models import Job, Media
from cms.models.base import now
from cms.models.job import RUNNING, WAITING
from cms.scaling import scaled

MOST_AT_ONCE = 500  # pictures
FORGOTTEN = timedelta(minutes=30)


def leave_as_it_is(_error: str, media_id: int) -> None:
    """Do without smaller forms of a picture of which none can be made."""
    if media := session.get(Media, media_id):
        media.scaled_at = now()


@job("media.scale", attempts=3, in_steps=True, on_failure=leave_as_it_is)
def scale(media_id: int) -> None:
    """Make the smaller forms of a picture that has none yet; nobody waits for the database meanwhile."""
    with unit_of_work():
        media = session.get(Media, media_id)
        if media is None or media.scaled_at:
            return
        data = media.file.read_bytes()
        media.animated = media.content_type != SVG and look_at(data).animated
        files = {width: media.file_of(width) for width in media.widths}
    for width, form in scaled(data, list(files)):
        write_once(files[width], form)
    with unit_of_work():
        session.get(Media, media_id).scaled_at = now()


@every(timedelta(hours=1))
@job("media.scale_forgotten")
def scale_forgotten() -> None:
    """Have the pictures scaled that came in before there were smaller forms, unless that is under way."""
    under_way = select(Job.id).where(Job.kind == scale.kind, Job.state.in_((WAITING, RUNNING))).limit(1)
    if session.scalar(under_way):
        return
    forgotten = select(Media.id).where(Media.scaled_at.is_(None), Media.created_at < now() - FORGOTTEN)
    for number in session.scalars(forgotten.order_by(Media.id).limit(MOST_AT_ONCE)).all():
        enqueue(scale, media_id=number)
