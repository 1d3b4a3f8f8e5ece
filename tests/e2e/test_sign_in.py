"""Signing in with a password and a second factor, and what one is told when it fails."""

import re
import time

import pytest
from allauth.mfa import app_settings
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import expect

from tests.e2e.demonstration import named

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
PASSWORD = "fjord-og-fjell-2026"


@pytest.fixture
def director(demonstration):
    user = named("Ragnhild Aasheim")
    user.set_password(PASSWORD)
    user.save()
    return user


def fill_in(page, email, password):
    page.get_by_label("E-post").fill(email)
    page.get_by_label("Passord").fill(password)
    page.get_by_role("button", name="Logg inn", exact=True).click()


def code(secret, steps_ahead=0):
    """What an authenticator shows now, or will show."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // app_settings.TOTP_PERIOD + steps_ahead))


def open_own_menu(page, user):
    """The person's menu, on a phone inside the one menu there is."""
    if page.locator("details.al-menu > summary").is_visible():
        page.locator("details.al-menu > summary").click()
        page.locator("details.al-menu summary", has_text=user.name).click()
    else:
        page.locator("details.al-user > summary").click()


def test_password_wrong_password_and_out_again(any_page, director, audit, screenshot):
    page = any_page
    page.goto("/bydelen-na/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Logg inn")
    fill_in(page, director.email, "feil-passord-helt")
    expect(page.get_by_role("alert")).to_contain_text("passord")
    expect(page.get_by_label("E-post")).to_have_value(director.email)
    audit(page)
    screenshot(page, "sign-in-wrong")

    fill_in(page, director.email, PASSWORD)
    expect(page.get_by_role("heading", level=1)).to_have_text("Bydelen nå")
    open_own_menu(page, director)
    page.get_by_role("button", name="Logg ut").filter(visible=True).click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Logg inn")
    page.goto("/bydelen-na/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Logg inn")


def test_too_many_attempts_are_stopped_also_for_the_right_password(any_page, director, settings, screenshot, audit):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "3/m/key"}
    page = any_page
    page.goto("/konto/login/")
    for _ in range(3):
        fill_in(page, director.email, "feil-passord-helt")
        expect(page.get_by_role("alert")).to_be_visible()

    fill_in(page, director.email, PASSWORD)

    expect(page.get_by_role("alert")).to_contain_text("For mange innloggingsforsøk")
    expect(page).to_have_url(re.compile("/konto/login/"))
    audit(page)
    screenshot(page, "sign-in-too-many")


def test_a_director_sets_up_a_second_factor_and_is_asked_for_it(any_page, director, settings, audit, screenshot):
    settings.MFA_REQUIRED = True
    settings.MFA_TOTP_TOLERANCE = 1  # a code is taken once; the next one is taken early, so that nobody waits half a minute
    page = any_page
    page.goto("/konto/login/")
    fill_in(page, director.email, PASSWORD)
    expect(page).to_have_url(re.compile("/konto/2fa/"))
    page.goto("/bydelen-na/")
    expect(page).to_have_url(re.compile("/konto/2fa/"))  # no further without it

    page.get_by_role("link", name="Aktiver").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bekreft tilgang")
    audit(page)
    screenshot(page, "sign-in-confirm")
    page.get_by_label("Passord").fill(PASSWORD)
    page.get_by_role("button", name="Bekreft").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Aktiver autentiseringsapp")
    secret = page.locator("#authenticator_secret").input_value()
    page.get_by_label("Autentiseringskode").fill("000000")
    page.get_by_role("button", name="Aktiver").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("Autentiseringskode").fill(code(secret))
    page.get_by_role("button", name="Aktiver").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Gjenopprettingskoder")
    audit(page)
    screenshot(page, "sign-in-recovery-codes")
    page.goto("/bydelen-na/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Bydelen nå")

    page.context.clear_cookies()
    page.goto("/konto/login/")
    fill_in(page, director.email, PASSWORD)
    audit(page)
    screenshot(page, "sign-in-code")
    page.get_by_placeholder("Kode").fill(code(secret, 1))
    page.get_by_role("button", name="Logg inn", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Ragnhild"))
