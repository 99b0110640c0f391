"""A small app that shows every part of the page frame with made-up content, to be looked at in a browser."""

import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask import Flask, Response, flash, g, redirect, render_template, request
from flask_babel import Babel
from flask_bootstrap import Bootstrap5
from flask_wtf.csrf import CSRFProtect
from jinja2 import ChoiceLoader, FileSystemLoader
from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.wrappers import Response as AnyResponse

from wms.kernel.words import catalog

ROOT = Path(__file__).parents[2]
PAGES = (
    "item",
    "items",
    "none",
    "form",
    "refused",
    "drop",
    "start",
    "moves",
    "bin",
    "map",
    "drawn",
)
PLAIN = ("sign-in", "lost", "away")
FLOOR = ("floor",)
DETAILS = {
    "lost": "Nobody here knows bin A-99-99-a-name-that-goes-on-and-on-without-a-single-space-in-it. Scan it again.",
    "away": "The store is busy. Nothing was lost; try again in a moment.",
}
AFTERNOON = datetime(2025, 11, 17, 15, 41, 7, tzinfo=UTC)


@dataclass(frozen=True)
class Entry:
    label: str
    url: str
    icon: str
    active: bool = False
    key: str | None = None

    @property
    def endpoint(self) -> str:
        return self.url


@dataclass(frozen=True)
class Waits:
    count: int
    is_alarm: bool = False


@dataclass(frozen=True)
class Group:
    title: str
    entries: list[Entry]


@dataclass(frozen=True)
class Person:
    name: str
    roles: list[str]


@dataclass(frozen=True)
class Spot:
    code: str
    x: int
    y: int
    kind: str


@dataclass(frozen=True)
class Said:
    at: datetime
    said: str
    source: str = ""
    tone: str = ""


@dataclass
class Gallery:
    """The app, and what its forms were sent."""

    app: Flask
    sent: list[dict[str, str]] = field(default_factory=list)


class Quiet(WSGIRequestHandler):
    """Writes no line a request."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""


def build() -> Gallery:
    """The app with the project's own templates and words."""
    app = Flask("gallery", static_folder=str(ROOT / "static"), root_path=str(ROOT))
    gallery = Gallery(app)
    app.config |= {
        "SECRET_KEY": "gallery",
        "BOOTSTRAP_SERVE_LOCAL": True,
        "TEMPLATES_AUTO_RELOAD": True,
    }
    app.jinja_loader = ChoiceLoader(
        [FileSystemLoader(ROOT / "templates"), FileSystemLoader(ROOT / "tests/pages/gallery")]
    )
    Bootstrap5(app)
    CSRFProtect(app)
    Babel(app, locale_selector=_lang)
    _teach_words(app)
    app.jinja_env.globals |= {
        "csp_nonce": lambda: g.nonce,
        "fresh_key": lambda: secrets.token_hex(8),
    }
    app.before_request(_new_nonce)
    app.after_request(_guarded)
    app.context_processor(_frame)
    _pages(gallery)
    return gallery


@contextmanager
def served() -> Iterator[tuple[str, Gallery]]:
    """The gallery on a free port of this machine."""
    gallery = build()
    server = make_server("127.0.0.1", 0, gallery.app, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}", gallery
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _lang() -> str:
    return request.args.get("lang") or request.cookies.get("lang", "en")


def _teach_words(app: Flask) -> None:
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda words: catalog(_lang()).ugettext(words),
        lambda one, many, count: catalog(_lang()).ungettext(one, many, count),
        newstyle=True,
    )


def _new_nonce() -> None:
    g.request_id = "7c210b9e5f1c4d0a9e0b7c210b9e5f1c"
    g.nonce = secrets.token_urlsafe(12)


def _guarded(answer: Response) -> Response:
    answer.headers["Content-Security-Policy"] = (
        f"default-src 'none'; script-src 'self' 'nonce-{g.nonce}'; style-src 'self'; "
        "connect-src 'self'; img-src 'self' data:; font-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    )
    return answer


def _frame() -> dict[str, object]:
    here = request.path.strip("/")
    nav = [
        Group("", [Entry("Start", "/start", "start", active=here == "start", key="S")]),
        Group(
            "Stock",
            [
                Entry("Items", "/items", "items", here in ("item", "items"), key="I"),
                Entry("Bins", "/bin", "bins", here in ("bin", "map"), key="B"),
                Entry("Movements", "/moves", "moves", here == "moves", key="M"),
            ],
        ),
        Group(
            "House",
            [
                Entry("Devices", "/none", "printer", here == "none", key="D"),
                Entry("People", "/form", "people", here in ("form", "refused")),
                Entry("Audit", "/drawn", "audit", here == "drawn"),
            ],
        ),
    ]
    known = None if here in PLAIN else Person("Ana Ruiz", ["supervisor", "admin"])
    return {
        "lang": _lang(),
        "nav": nav,
        "side_figures": lambda: {
            "/items": Waits(2300),
            "/bin": Waits(640),
            "/none": Waits(2, True),
        },
        "me": known,
        "my_url": "/form" if known else None,
        "sign_out_url": "/sent" if known else None,
        "unencrypted": here in ("sign-in", "start"),
    }


def _pages(gallery: Gallery) -> None:
    app = gallery.app

    @app.get("/<any(" + ", ".join(f"'{name}'" for name in PAGES + PLAIN + FLOOR) + "):name>")
    def page(name: str) -> str | tuple[str, int]:
        if name in ("lost", "away"):
            code = 404 if name == "lost" else 503
            return render_template("problem.html", status=code, detail=DETAILS[name]), code
        return render_template(f"{name}.html", **_content())

    @app.get("/livez")
    def livez() -> str:
        return "alive"

    @app.get("/search")
    def search() -> str:
        return render_template("found.html", asked=request.args.get("q", ""))

    @app.post("/sent")
    def sent() -> AnyResponse:
        gallery.sent.append(
            request.form.to_dict() | {k: f.filename or "" for k, f in request.files.items()}
        )
        threading.Event().wait(float(request.form.get("wait", 0)))
        flash("Kept.", "done")
        return redirect("/items")


def _content() -> dict[str, object]:
    bays = [f"{bay:02d}" for bay in range(1, 25)]
    spots = [
        Spot(f"{aisle}-{bay}-{level:02d}", 10 + 3 * i, 6 + int(bay), "bin")
        for i, aisle in enumerate("ABCDEF")
        for bay in bays
        for level in (1, 2, 3)
    ]
    docks = [
        Spot("Dock 1", 8, 2, "dock"),
        Spot("Dock 2", 16, 2, "dock"),
        Spot("P1", 26, 2, "bench"),
    ]
    said = [
        Said(AFTERNOON, "Mia K. took 2 of 6 from A-03-12", "tablet T-07, into tote T-0042", "now"),
        Said(AFTERNOON - timedelta(hours=3), "Jon B. moved 12 from D-01-02 to A-03-12", "refill"),
        Said(AFTERNOON - timedelta(days=1), "Counted: 1 less than the book", "blind count", "warn"),
        Said(AFTERNOON - timedelta(days=3), "Bea T. took 1 out: broken", "with a picture"),
    ]
    return {"spots": spots + docks, "said": said, "at": AFTERNOON, "now": datetime.now(UTC)}
