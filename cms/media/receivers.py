"""What follows when a picture was stored: the job that makes its smaller forms."""

from cms import signals
from cms.jobs import enqueue
from cms.media.jobs import scale
from cms.models import Media


def connect() -> None:
    signals.media_stored.connect(have_it_scaled)


def have_it_scaled(sender: Media, **_arguments) -> None:
    if sender.scaled_at is None:
        enqueue(scale, media_id=sender.id)
