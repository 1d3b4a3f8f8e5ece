"""Walking a file through upload, control page and yes; and everything that could have changed on the way."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from organisation.models import AuditEntry, RoleAssignment, TreeChange, Unit


def at(page, *args):
    return reverse(f"organisation:{page}", args=args)


def upload(client, kind, content, name="fil.csv"):
    data = content.encode() if isinstance(content, str) else content
    return client.post(at(f"{kind}_import"), {"file": SimpleUploadedFile(name, data)})


def check(client, kind, content, name="fil.csv"):
    """The control page and its address."""
    response = upload(client, kind, content, name)
    assert response.status_code == 302, response.content.decode().split("<main")[1]
    return client.get(response.url).content.decode().split("<main")[1].split("</main")[0], response.url


def confirm(client, text, address):
    return client.post(address, {"seen": text.split('name="seen" value="')[1].split('"')[0]})


def state():
    return (
        list(Unit.objects.order_by("pk").values_list("code", "name", "valid_to")),
        list(RoleAssignment.objects.order_by("pk").values_list("user__email", "role", "unit__code", "valid_from", "valid_to")),
        AuditEntry.objects.count(),
        TreeChange.objects.count(),
    )
