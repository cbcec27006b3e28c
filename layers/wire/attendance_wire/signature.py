"""What an agent's signature covers (punches.md, "Who may post"; RFC 9421 and RFC 9530)."""

SIGNATURE_LABEL = "attendance"
SIGNATURE_ALGORITHM = "ed25519"
COVERED_COMPONENTS = ("@method", "@path", "@query", "content-digest")
MAX_CLOCK_SKEW_SECONDS = 300
NONCE_BYTES = 16
