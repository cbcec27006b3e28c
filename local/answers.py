"""Whether a local server answers yet."""

import httpx


def why_no_answer(url: str) -> str:
    """Empty when `url` answers without a server error; else what is the matter."""
    try:
        answer = httpx.get(url, timeout=30, trust_env=False)
    except httpx.HTTPError as error:
        return f"{url}: {error}"
    return "" if answer.status_code < 500 else f"{url}: {answer.status_code} {answer.text[:500]}"
