"""A mail server on 127.0.0.1 that takes mails, and at times refuses, breaks off or dawdles."""

import asyncio
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTPUTF8

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

OK = "250 Thank you"


@dataclass
class Office:
    """Its mails as they came; ``at_rcpt`` and ``at_data`` answer: None is yes, seconds are a late yes."""

    port: int = 0
    taken: list[EmailMessage] = field(default_factory=list)
    begun: int = 0  # mails whose text came in
    at_rcpt: Callable[[int], str | None] = lambda number: None
    at_data: Callable[[int], str | float | None] = lambda number: None

    async def handle_RCPT(self, server, session: Session, envelope: Envelope, address: str, options) -> str:
        answer = self.at_rcpt(self.begun)
        if answer is None:
            envelope.rcpt_tos.append(address)
        return answer or OK

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        self.begun += 1
        answer = self.at_data(self.begun)
        if isinstance(answer, float):
            await asyncio.sleep(answer)
        elif answer == "hang up":
            server.transport.abort()
            return OK
        elif answer:
            return answer
        self.taken.append(message_from_bytes(envelope.content, policy=SMTPUTF8))
        return OK

    @property
    def ids(self) -> list[str]:
        return [message["Message-ID"] for message in self.taken]


@contextmanager
def open_office(**options) -> Iterator[Office]:
    office = Office(port=free_port())
    options = {"enable_SMTPUTF8": True, **options}
    controller = Controller(office, hostname="127.0.0.1", port=office.port, **options)
    controller.start()
    try:
        yield office
    finally:
        controller.stop()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]
