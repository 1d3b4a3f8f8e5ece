"""Actions (tiltak): something somebody shall do by a day, with an expected and an evaluated effect. Does not know why."""
