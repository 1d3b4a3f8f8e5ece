"""How a letter is laid out."""

from notifications.services.messages import blocks_of


def test_lines_with_a_dash_become_one_list_between_paragraphs():
    assert blocks_of("Over fristen:\n– Årsplan\n– Vernerunde\n\nKommer:\n– KOSTRA") == [
        (False, ["Over fristen:"]),
        (True, ["Årsplan", "Vernerunde"]),
        (False, ["Kommer:"]),
        (True, ["KOSTRA"]),
    ]
    assert blocks_of("  \n ") == []
