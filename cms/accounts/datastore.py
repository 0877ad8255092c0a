"""Flask-Security's way to the accounts, in the transaction of the request."""

from flask_security import SQLAlchemyUserDatastore

from cms.db import db, session
from cms.models import Passkey, Role, User


class Datastore(SQLAlchemyUserDatastore):
    def commit(self) -> None:
        """Flush only: the request commits, in `cms.db.end_transaction`."""
        session.flush()


datastore = Datastore(db, User, Role, Passkey)
