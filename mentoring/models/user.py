"""The account: what somebody signs in with."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from mentoring.models.trail import tracked


class UserManager(BaseUserManager["User"]):
    """Makes accounts; email addresses are kept in lower case."""

    def create_user(self, email: str, password: str | None = None, **extra: Any) -> "User":
        """An account with this address; without a password it can only be entered by a reset."""
        user = self.model(email=email.strip().lower(), **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **extra: Any) -> "User":
        """An administrator (`manage.py create_admin` is the way in for people)."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **extra)


@tracked("is_active", "is_staff", "is_superuser")
class User(AbstractBaseUser, PermissionsMixin):
    """An email address and a password. Who the person is stands in `Person`."""

    email = models.EmailField("email address", max_length=254)
    is_active = models.BooleanField(default=True, help_text="Unset to suspend the account.")
    is_staff = models.BooleanField("administrator", default=False)
    date_joined = models.DateTimeField(default=timezone.now)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(Lower("email"), name="user_email_unique"),
        ]

    def __str__(self) -> str:
        return f"user {self.pk}"
