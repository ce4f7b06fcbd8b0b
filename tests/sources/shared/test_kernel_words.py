"""The words of a kernel command line."""

from rmccomply.sources.shared.kernel_words import words_of


def test_blanks_may_stand_between_quotation_marks() -> None:
    text = 'root=UUID=8a7c ro  dyndbg="file a.c +p" "acpi=off x" last'
    assert [word.text for word in words_of(text, 3)] == [
        "root=UUID=8a7c",
        "ro",
        'dyndbg="file a.c +p"',
        '"acpi=off x"',
        "last",
    ]
    assert {word.line for word in words_of(text, 3)} == {3}
