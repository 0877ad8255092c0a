"""The way to the mail server: encrypted, to the right server, and with a password that nobody reads."""

import ssl
from ipaddress import ip_address
from pathlib import Path

import pytest
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.factories import soon
from tests.mail.conftest import use_server
from tests.mail.server import open_office

PASSWORD = b"the tide comes in twice"


def certificate(folder: Path) -> Path:
    """A file with a key and the certificate of 127.0.0.1 that signs itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    hosts = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(1).not_valid_before(soon(days=-1)).not_valid_after(soon(days=1))
    signed = builder.add_extension(hosts, critical=False).sign(key, hashes.SHA256())
    text = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file = folder / "server.pem"
    file.write_bytes(text + signed.public_bytes(serialization.Encoding.PEM))
    return file


def check(_server, _session, _envelope, _mechanism, login) -> AuthResult:
    return AuthResult(success=login.password == PASSWORD)


@pytest.fixture
def pem(tmp_path) -> Path:
    return certificate(tmp_path)


@pytest.fixture
def secured(app, pem, monkeypatch):
    """A server that takes mails after STARTTLS and a login only."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    login = {"auth_required": True, "authenticator": check}
    with open_office(tls_context=context, require_starttls=True, **login) as office:
        use_server(app, office.port, monkeypatch)
        state = app.extensions["mailman"]
        for name, value in {"use_tls": True, "username": "site", "password": PASSWORD.decode()}.items():
            monkeypatch.setattr(state, name, value)
        yield office


def test_a_mail_is_sent_over_an_encrypted_connection_after_a_login(secured, pem, write, work, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    mail = write()
    work()
    assert (mail.error, secured.ids) == ("", [mail.message_id])


def test_a_server_with_a_foreign_certificate_gets_nothing(secured, write, work):
    mail = write()
    work()
    assert mail.error.startswith("The mail server's certificate is not valid")
    assert (mail.state, secured.taken) == ("waiting", [])


def test_a_wrong_password_is_told_and_not_quoted(app, secured, pem, write, work, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    monkeypatch.setattr(app.extensions["mailman"], "password", "hunter2")
    mail = write()
    work()
    assert mail.error.startswith("The mail server refused our user name or password")
    assert "hunter2" not in mail.job.error
    assert mail.state == "waiting"
