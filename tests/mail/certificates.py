"""A certificate authority of our own, for as long as a test runs, and certificates that it gives to mail servers."""

from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


class Authority:
    """`path` is the file that somebody who trusts it names."""

    def __init__(self, folder, name="Test authority"):
        self.folder, self.name = folder, x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        self.key = ec.generate_private_key(ec.SECP256R1())
        now = datetime.now(UTC)
        certificate = (
            self._begun(self.name, self.key, now - timedelta(days=400), now + timedelta(days=1))
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(_use(key_cert_sign=True), critical=True)
            .sign(self.key, hashes.SHA256())
        )
        self.path = self._write(certificate)

    def certify(self, host="127.0.0.1", *, until=timedelta(days=1)):
        """Return the path of a file with a key and a certificate for the address `host`, that ends `until` from now."""
        key, end = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC) + until
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "post.test")])
        certificate = (
            self._begun(subject, key, end - timedelta(days=30), end)
            .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(host))]), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()), critical=False)
            .sign(self.key, hashes.SHA256())
        )
        return self._write(certificate, key)

    def _begun(self, subject, key, start, end):
        builder = x509.CertificateBuilder(issuer_name=self.name, subject_name=subject, public_key=key.public_key())
        builder = builder.serial_number(x509.random_serial_number()).not_valid_before(start).not_valid_after(end)
        identifier = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
        return builder.add_extension(identifier, critical=False)

    def _write(self, certificate, key=None):
        path = self.folder / f"{certificate.serial_number}.pem"
        pem = certificate.public_bytes(serialization.Encoding.PEM)
        if key:
            pem += key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        path.write_bytes(pem)
        return path


def _use(**wanted):
    names = (
        "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
        "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
    )  # fmt: skip
    return x509.KeyUsage(**dict.fromkeys(names, False) | wanted)
