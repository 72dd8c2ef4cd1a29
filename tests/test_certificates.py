"""The client against a server whose certificate is no good: nothing is sent to it, and the reason is told."""

import datetime
import http.server
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from generator.base.config import Api, Secret
from generator.base.errors import ReplyError
from generator.endpoints.endpoint import Call
from generator.fetch.client import Client, Limits
from tests.clocks import FakeClock
from tests.serving import serving

KEY = "sk-or-v1-certificates"
ADDRESS = "127.0.0.1"
DAY = datetime.timedelta(days=1)
NAME = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "An authority of this test")])


@dataclass(frozen=True)
class Authority:
    """What certificates are signed with, and the file that a client trusts it by."""

    key: ec.EllipticCurvePrivateKey
    file: Path

    def certificate(self, folder: Path, *, host: str = ADDRESS, days: int = 1) -> Path:
        """Write a certificate with its key that ends in so many days; return the file."""
        key = ec.generate_private_key(ec.SECP256R1())
        end = datetime.datetime.now(datetime.UTC) + days * DAY
        made = (
            x509.CertificateBuilder()
            .subject_name(x509.Name([]))
            .issuer_name(NAME)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(end - 30 * DAY)
            .not_valid_after(end)
            .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(host))]), True)
            # Python 3.13 and newer OpenSSL take none without it, and no authority without its own.
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()), False
            )
            .sign(self.key, hashes.SHA256())
        )
        file = folder / f"{host}.{days}.pem"
        file.write_bytes(_private(key) + made.public_bytes(serialization.Encoding.PEM))
        return file


def _private(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    key = ec.generate_private_key(ec.SECP256R1())
    now = datetime.datetime.now(datetime.UTC)
    usage = x509.KeyUsage(
        digital_signature=True,
        key_cert_sign=True,
        crl_sign=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
    made = (
        x509.CertificateBuilder()
        .subject_name(NAME)
        .issuer_name(NAME)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - 90 * DAY)
        .not_valid_after(now + 90 * DAY)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    # A process trusts a file as it first read it, and mutmut runs the tests several times in one.
    file = tmp_path_factory.mktemp("authority") / f"{made.serial_number}.pem"
    file.write_bytes(_private(key) + made.public_bytes(serialization.Encoding.PEM))
    return Authority(key, file)


@contextmanager
def secure(certificate: Path) -> Iterator[tuple[str, list[str]]]:
    """A server with this certificate: the API root, and the paths that were asked for."""
    asked: list[str] = []

    class Door(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            # Without a date: the client's clock is of this test's own.
            self.send_response_only(200)
            self.send_header("content-type", "application/json")
            self.end_headers()
            self.wfile.write(b'{"data":1}')

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
            pass

    class Quiet(http.server.HTTPServer):
        def handle_error(self, request: object, client_address: object) -> None:
            """Report nothing: a client that refuses a certificate closes its connection."""

    server = Quiet((ADDRESS, 0), Door)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    with serving(server):
        yield f"https://{ADDRESS}:{server.server_port}/api/v1", asked


def _ask(url: str) -> object:
    """Return what the client gets at an address, with the key."""
    clock = FakeClock()
    with Client(Api(url, Secret(KEY), 0), clock=clock, limits=Limits(tries=2)) as client:
        return client.get(Call("d", "/x")).value


def test_a_certificate_of_a_trusted_authority_is_good(
    authority: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("certifi.where", lambda: str(authority.file))
    with secure(authority.certificate(tmp_path)) as (url, asked):
        assert _ask(url) == {"data": 1}
    assert asked == ["/api/v1/x"]


def _expired(authority: Authority, folder: Path) -> Path:
    return authority.certificate(folder, days=-1)


def _of_another_host(authority: Authority, folder: Path) -> Path:
    return authority.certificate(folder, host="127.0.0.2")


BAD: dict[str, Callable[[Authority, Path], Path]] = {
    "certificate has expired": _expired,
    f"IP address mismatch, certificate is not valid for '{ADDRESS}'.": _of_another_host,
}
UNKNOWN: dict[str, Callable[[Authority, Path], Path]] = {
    "self-signed certificate": lambda authority, _folder: authority.file,
    "unable to get local issuer certificate": Authority.certificate,
}


@pytest.mark.parametrize("said", [*BAD, *UNKNOWN])
def test_a_bad_certificate_ends_the_call_before_anything_is_sent(
    authority: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    # What the environment names is not trusted; only what the program does.
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    if said in BAD:
        monkeypatch.setattr("certifi.where", lambda: str(authority.file))
    certificate = {**BAD, **UNKNOWN}[said](authority, tmp_path)
    with secure(certificate) as (url, asked), pytest.raises(ReplyError) as caught:
        _ask(url)
    assert str(caught.value) == f"d: GET /x: invalid certificate: {said} (tried twice)"
    assert asked == []
