"""Puts the pages and the API of all slices together into one Flask application."""

import uuid

import structlog
from flask import Flask, g, request
from flask_babel import Babel
from flask_bootstrap import Bootstrap5
from flask_openapi import Info, OpenAPI
from flask_wtf.csrf import CSRFProtect, generate_csrf

from wms import wiring
from wms.app import docs, errors, health, navigation, security
from wms.app.blueprints import APIS, HOOKS, PAGES
from wms.app.house import open_house, secret_key
from wms.app.numbers import HouseNumber
from wms.app.zone import time_zone
from wms.kernel.commands import fresh_key
from wms.kernel.services import Services
from wms.kernel.settings import ROOT
from wms.kernel.words import LANGUAGES, HouseWords
from wms.people.identity import identify
from wms.people.policy import enforce

BODY_LIMIT = 16 * 1024 * 1024
"""Largest request we read: a picture, or an import file of some hundred thousand lines."""

REQUEST_ID_LIMIT = 64
"""Longest request id we take over from a proxy; longer ones are noise."""


def create(house: Services | None = None) -> Flask:
    """Build the application for a house; without one, for the house that the settings describe."""
    house = house or open_house()
    app = OpenAPI(
        "wms",
        info=Info(title="Binwave", version="1", description="The warehouse, for machines."),
        doc_ui=False,
        validation_error_status=422,
        validation_error_callback=errors.unreadable,
        template_folder=str(ROOT / "templates"),
        static_folder=str(ROOT / "static"),
    )
    app.url_map.converters["int"] = HouseNumber
    app.extensions["wms"] = house
    app.extensions["names"] = wiring.NAMES
    app.extensions["floor"] = wiring.FLOOR
    app.extensions["lifecycles"] = wiring.LIFECYCLES
    app.session_interface = security.FormCookie()
    app.config.update(
        SECRET_KEY=secret_key(house.settings),
        MAX_CONTENT_LENGTH=BODY_LIMIT,
        WTF_CSRF_TIME_LIMIT=None,
        BOOTSTRAP_SERVE_LOCAL=True,
        BABEL_DEFAULT_LOCALE=LANGUAGES[0],
    )
    app.json.sort_keys = False  # type: ignore[attr-defined]
    Bootstrap5(app)
    babel = Babel(app, locale_selector=_language, timezone_selector=time_zone)
    babel.domain_instance = HouseWords()
    csrf = CSRFProtect()
    app.before_request(_name_request)
    app.before_request(identify)
    app.before_request(enforce)
    csrf.init_app(app)
    app.after_request(security.add_headers)
    for api in APIS:
        csrf.exempt(api)
        app.register_api(api)
    for pages in PAGES:
        app.register_blueprint(pages)
    for hooks in HOOKS:
        csrf.exempt(hooks)
        app.register_blueprint(hooks)
    errors.answer(app)
    health.open_routes(app)
    docs.open_routes(app)
    app.context_processor(navigation.around_every_page)
    app.jinja_env.globals.update(  # globals, so that macros see them too
        fresh_key=fresh_key, csrf_token=generate_csrf, csp_nonce=security.nonce
    )
    return app


def _name_request() -> None:
    said = request.headers.get("X-Request-Id", "")
    g.request_id = (
        said if 0 < len(said) <= REQUEST_ID_LIMIT and said.isalnum() else uuid.uuid4().hex
    )
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=g.request_id)


def _language() -> str | None:
    somebody = g.get("actor")
    if somebody is not None and somebody.language in LANGUAGES:
        return str(somebody.language)
    if (chosen := request.cookies.get("lang")) in LANGUAGES:
        return chosen
    return request.accept_languages.best_match(LANGUAGES)
