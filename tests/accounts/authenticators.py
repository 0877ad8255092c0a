"""What people hold in their hands when they sign in: a phone that shows codes, and a passkey."""

import json
import re
import secrets
from hashlib import sha256
from html import unescape
from time import time

import cbor2
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from passlib.totp import TOTP
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url

from cms.models import User
from tests.factories import send_form, token_of

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40  # https://www.w3.org/TR/webauthn-3/#authdata-flags


class Phone:
    """An app that was given the key which the set-up page shows."""

    def __init__(self, page: str):
        self.totp = TOTP(key=re.search(r'class="key">([^<]+)<', page)[1].replace("-", ""))

    def code(self, steps: int = 0) -> str:
        """The code of now, or ``steps`` of 30 seconds later."""
        return self.totp.generate(time() + 30 * steps).token


class Passkey:
    """A passkey in software, without attestation; ``verifies`` tells whether it asks for finger or PIN."""

    def __init__(self, origin: str, verifies: bool = True):
        self.origin, self.verifies = origin, verifies
        self.id, self.owner, self.signed = secrets.token_bytes(32), b"", 0
        self.secret = generate_private_key(SECP256R1())

    def create(self, options: dict) -> str:
        """The answer to ``navigator.credentials.create``."""
        self.owner = base64url_to_bytes(options["user"]["id"])
        point = self.secret.public_key().public_numbers()
        public = {1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32), -3: point.y.to_bytes(32)}
        key = bytes(16) + len(self.id).to_bytes(2) + self.id + cbor2.dumps(public)
        told = self._told(options["rp"]["id"], ATTESTED) + key
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": told})
        client = self._client("webauthn.create", options)
        return self._answer(clientDataJSON=client, attestationObject=attestation)

    def get(self, options: dict) -> str:
        """The answer to ``navigator.credentials.get``."""
        self.signed += 1
        told, client = self._told(options["rpId"]), self._client("webauthn.get", options)
        signature = self.secret.sign(told + sha256(client).digest(), ECDSA(SHA256()))
        return self._answer(
            clientDataJSON=client, authenticatorData=told, signature=signature, userHandle=self.owner
        )

    def _told(self, site: str, flags: int = 0) -> bytes:
        flags |= PRESENT | (VERIFIED if self.verifies else 0)
        return sha256(site.encode()).digest() + bytes([flags]) + self.signed.to_bytes(4)

    def _client(self, kind: str, options: dict) -> bytes:
        return json.dumps({"type": kind, "challenge": options["challenge"], "origin": self.origin}).encode()

    def _answer(self, **response: bytes) -> str:
        name = bytes_to_base64url(self.id)
        parts = {part: bytes_to_base64url(value) for part, value in response.items()}
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": parts})


def set_up_phone(client) -> tuple[Phone, list[str]]:
    """Turn two-step sign-in on for whoever is signed in; their phone and recovery codes."""
    page = send_form(client, "/tf-setup", setup="authenticator").text
    phone = Phone(page)
    answer = send_code(client, page, phone.code())
    assert answer.status_code == 303
    return phone, recovery_codes_in(client.get(answer.location).text)


def send_code(client, page: str, code: str):
    """Send the code of the set-up ``page``."""
    action = re.search(r'action="(/tf-setup/[^"]+)"', page)[1]
    return client.post(action, data={"csrf_token": token_of(client, "/tf-setup"), "code": code})


def recovery_codes_in(page: str) -> list[str]:
    return re.findall(r"\b[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}\b", page)


def asked(page: str) -> tuple[str, dict]:
    """Where the answer to what the ``page`` asks of a passkey goes, and what it asks."""
    form = re.search(r'<form id="passkey".*?>', page, re.S)[0]
    action = re.search(r'action="([^"]+)"', form)[1]
    return unescape(action), json.loads(unescape(re.search(r'data-options="([^"]+)"', form)[1]))


def add_passkey(client, key: Passkey, *, name: str = "Laptop", usage: str = "first"):
    """Add ``key`` to the account that is signed in; the answer."""
    page = send_form(client, "/wan-register", name=name, usage=usage).text
    action, options = asked(page)
    form = {"csrf_token": token_of(client, "/wan-register"), "credential": key.create(options)}
    return client.post(action, data=form)


def use_passkey(client, key: Passkey, at: str = "/wan-signin"):
    """Sign in, or prove who one is, with ``key``; the answer."""
    action, options = asked(send_form(client, at).text)
    return client.post(action, data={"csrf_token": token_of(client, at), "credential": key.get(options)})


def sign_out(client) -> None:
    client.post("/logout", data={"csrf_token": token_of(client, "/account/")})


def is_signed_in(client, user: User) -> bool:
    answer = client.get("/account/")
    return answer.status_code == 200 and user.email in answer.text


def grow_stale(client) -> None:
    """Let the time pass after which a sign-in is fresh no more."""
    with client.session_transaction(base_url="http://broadside.test") as cookie:
        cookie["fs_paa"] = time() - 3600
        cookie.pop("fs_gexp", None)
