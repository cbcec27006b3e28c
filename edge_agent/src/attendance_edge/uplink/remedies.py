"""What a person can do when the service takes nothing."""

from http import HTTPStatus

from attendance_edge.sentence import is_name_trouble, is_tls_trouble

LOOK_WITH_A_BROWSER = "Open the service's address in a browser on this machine: "
ENROL_AGAIN = (
    "The agent was revoked or its key is not known: ask a tenantAdmin for a new code, then "
    "`attendance-edge enroll --code CODE`."
)
WRONG_ADDRESS = "Compare [cloud] url in edge.toml with the service's address."
NO_RECEIPT = (
    f"{LOOK_WITH_A_BROWSER}a login page of the network may answer in its place; else compare "
    "[cloud] url."
)
_REFUSED = (
    f"{LOOK_WITH_A_BROWSER}a firewall or proxy may stand in the way. Else update the agent: its "
    "version and the service's do not fit."
)
_BY_STATUS: dict[int, str] = {
    HTTPStatus.UNAUTHORIZED: ENROL_AGAIN,
    HTTPStatus.NOT_FOUND: WRONG_ADDRESS,
    HTTPStatus.PROXY_AUTHENTICATION_REQUIRED: "Give the proxy's name and password in HTTPS_PROXY.",
    HTTPStatus.TOO_MANY_REQUESTS: "Nothing to do here: the service asks for patience.",
}
WRONG_ENVIRONMENT = (
    "Look at the variables HTTP_PROXY, HTTPS_PROXY, ALL_PROXY, SSL_CERT_FILE and SSL_CERT_DIR of "
    "whoever runs the agent."
)
_NAME = "Is this machine's network on, and the name in [cloud] url right?"
_TLS = (
    "Is this machine's date right? A certificate of your own is trusted through the variable "
    "SSL_CERT_FILE; a firewall that looks into TLS needs its certificate there too."
)
_SILENCE = (
    "Is this machine's network on, and may it go out to this address? A proxy is named in the "
    "variable HTTPS_PROXY."
)


def for_status(status: int) -> str:
    """What an answer with this status asks for."""
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return "Nothing to do here: the service has trouble of its own."
    if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
        return NO_RECEIPT
    return _BY_STATUS.get(status, _REFUSED)


def for_silence(error: BaseException) -> str:
    """What no answer at all asks for."""
    if is_name_trouble(error):
        return _NAME
    return _TLS if is_tls_trouble(error) else _SILENCE
