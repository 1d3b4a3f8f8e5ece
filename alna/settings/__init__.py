"""Settings, read from the environment and from nothing else. Each part says what it decides; order matters."""

from alna.settings.base import *  # noqa: F403 - a settings module is the sum of its parts
from alna.settings.database import *  # noqa: F403
from alna.settings.design import *  # noqa: F403
from alna.settings.security import *  # noqa: F403
from alna.settings.signin import *  # noqa: F403
from alna.settings.work import *  # noqa: F403
