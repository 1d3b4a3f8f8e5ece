"""How allauth fits in here: nobody signs up by themselves, and the municipality's sign-in finds people by its own key."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.http import HttpRequest

from organisation.models import User


def display_name(user: User) -> str:
    return user.name


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by an administrator."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """An identity from outside is accepted where a signed-in person has connected it, or where the administrator has made
    an account with the same verified address of the municipality and the person signs in for the first time."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        if sociallogin.is_existing:
            return
        claims: dict[str, Any] = sociallogin.account.extra_data.get("userinfo", sociallogin.account.extra_data)
        address = str(claims.get("email") or "").lower()
        if not address or claims.get("email_verified") is not True:
            return
        user = User.objects.filter(email=address, is_active=True, socialaccount__isnull=True).first()
        if user is not None:
            sociallogin.connect(request, user)
