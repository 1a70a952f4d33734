"""A server's address as SQLAlchemy opens it, and back."""

from __future__ import annotations

from sqlalchemy.engine import URL

from app.services.servers.dto import Encryption, ServerAddress


def url_of(address: ServerAddress) -> URL:
    """An address as SQLAlchemy opens it; what its driver calls an option stands behind the question mark."""
    named = f"{address.host}\\{address.instance}" if address.instance else address.host
    return URL.create(
        f"mssql+{address.driver}",
        username=None if address.by_windows else address.login,
        password=None if address.by_windows or not address.password else address.password,
        host=named,
        port=address.port,
        database=address.database,
        query=_options(address),
    )


def _options(address: ServerAddress) -> dict[str, str]:
    if address.driver == "pymssql":
        words = {Encryption.ALWAYS: "require", Encryption.STRICT: "require", Encryption.SIGN_IN: "request"}
        return {"encryption": words[address.encryption]}
    options = {"Encrypt": address.encryption.value}
    if address.by_windows:
        options["Trusted_Connection"] = "yes"
    if address.trust_certificate:
        options["TrustServerCertificate"] = "yes"
    if address.certificate_name:
        options["HostnameInCertificate"] = address.certificate_name
    return options


def address_of(url: URL) -> ServerAddress:
    """The address that a form shows, from one that was kept."""
    told = {name.casefold(): str(value) for name, value in url.query.items()}
    host, _, instance = (url.host or "").partition("\\")
    words = {each.value: each for each in Encryption} | {"mandatory": Encryption.ALWAYS, "optional": Encryption.SIGN_IN}
    return ServerAddress(
        host=host,
        database=url.database or "",
        port=url.port,
        instance=instance,
        by_windows=not url.username,
        login=url.username or "",
        password=str(url.password or ""),
        encryption=words.get(told.get("encrypt", "yes").casefold(), Encryption.ALWAYS),
        trust_certificate=told.get("trustservercertificate", "no").casefold() in {"yes", "true"},
        certificate_name=told.get("hostnameincertificate", ""),
        driver=url.get_driver_name(),
    )
