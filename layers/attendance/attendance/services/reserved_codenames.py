"""Codenames no company can take: hosts, paths and names that would mislead."""

from attendance.identity import ROOT_CODENAME

RESERVED_CODENAMES = frozenset(
    {
        ROOT_CODENAME, "about", "account", "accounts", "admin", "administrator", "agent", "agents",
        "api", "app", "assets", "attendance", "attendancemanagement-api", "auth", "billing",
        "blog", "cdn", "cloud", "company", "companies", "console", "dashboard", "demo-admin",
        "dev", "docs", "edge", "email", "execute-api", "ftp", "health", "help", "host", "iclock",
        "imap", "internal", "localhost", "login", "logout", "mail", "mobile", "news", "null",
        "openapi", "password", "permissions", "pop", "portal", "postmaster", "preview",
        "prod", "production", "public", "refresh", "saas", "security", "service", "services",
        "signin", "signup", "smtp", "sso", "staff", "stage", "staging", "static", "status",
        "superadmin", "support", "swagger", "system", "tenant", "tenantowners", "tenants",
        "test-admin", "undefined", "webmaster", "well-known", "workforceos", "www",
    }
)  # fmt: skip
