"""What teams want of templates, and what none of them may make of a description."""

from __future__ import annotations

from pathlib import Path

import pytest

import oasmith
from oasmith.output.templates import find_templates

_MODEL = "models/pet.py"
_OPERATION = "api/pet/get_pet.py"


def _ours(name: str) -> str:
    return (find_templates() / name).read_text()


def _changed(name: str, old: str, new: str) -> str:
    text = _ours(name)
    assert old in text
    return text.replace(old, new, 1)


_LICENCE = """\
# Copyright Pets & Sons; don't change it, it's "ours".
#All rights reserved #1
{% include "oasmith/model.py.jinja" %}
"""

_METHOD = _ours("model.py.jinja") + '''
    def renamed(self, suffix: str = "{{ view.name }}'s") -> "{{ view.name }}":
        """Another of the same."""
        return {{ view.name }}(**{"id": self.id, "note": suffix})
'''

_DECORATED = _changed(
    "operation.py.jinja",
    "{{ view.definition }}",
    '@traced("{{ view.returns }}", level="it\'s slow")\n{{ view.definition }}',
).replace("{{ view.header }}\n", "{{ view.header }}\n\n", 1)

_OWN_IMPORT = _DECORATED.replace(
    "from __future__ import annotations\n",
    "from __future__ import annotations\nfrom shop.tracing import traced\n",
    1,
)

_LOGGING = _changed(
    "client.py.jinja",
    "\n\nclass Client",
    """

_LOGGER = logging.getLogger(__name__)
{% for level in ("debug", "error") %}


def log_{{ level }}(what: str) -> None:
    _LOGGER.{{ level }}("{{ level }} of %s: %s", __name__, what)
{% endfor %}
{% for group in view.groups %}
_LOGGER.debug("there is a group {{ group.name }}, a {{ group.class_name }}")
{% endfor %}


class Client""",
).replace(
    "from __future__ import annotations\n",
    "from __future__ import annotations\nimport logging\n",
    1,
)

_NO_SLOTS = _changed("model.py.jinja", "slots=True, ", "")

_SPHINX = _changed(
    "operation.py.jinja",
    "    {{ view.docstring }}\n",
    '    """{{ view.docstring[3:-3] }}\n\n    :rtype: {{ view.returns }}\n    """\n',
)

_NOQA = _changed(
    "operation.py.jinja", "{{ view.definition }}", "{{ view.definition }}  # noqa: D103"
)

_AT_THE_END = """\
{% include "oasmith/operation.py.jinja" %}

# Calls {{ view.returns }}.
# Don't edit: it's made.
{% raw %}
# {{ as it is }}
JINJA = "{{ as it is }}"
{% endraw %}
"""

_NAMES = """\
{% include "oasmith/model.py.jinja" %}
{% set default = "a default" %}


class {{ view.name }}Factory:
    default = "{{ default }}"
    kind = "factory of {{ view.name }}"


make_{{ view.name }} = {{ view.name }}Factory()
"""


@pytest.mark.parametrize(
    ("name", "text", "path", "expected"),
    [
        ("model.py.jinja", _LICENCE, _MODEL, "# All rights reserved #1\n# Generated"),
        ("model.py.jinja", _METHOD, _MODEL, '        return Pet(**{"id": self.id,'),
        ("operation.py.jinja", _OWN_IMPORT, _OPERATION, '@traced("Pet", level="it'),
        ("client.py.jinja", _LOGGING, "client.py", "def log_error(what: str)"),
        ("client.py.jinja", _LOGGING, "client.py", "is a group pet, a Pet"),
        ("model.py.jinja", _NO_SLOTS, _MODEL, "@dataclass(kw_only=True, repr=False)"),
        ("operation.py.jinja", _SPHINX, _OPERATION, ":rtype: Pet"),
        ("operation.py.jinja", _NOQA, _OPERATION, ":  # noqa: D103\n"),
        ("operation.py.jinja", _AT_THE_END, _OPERATION, "# Calls Pet.\n# Don't edit"),
        ("operation.py.jinja", _AT_THE_END, _OPERATION, 'JINJA = "{{ as it is }}"'),
        ("model.py.jinja", _NAMES, _MODEL, "make_Pet = PetFactory()"),
        ("model.py.jinja", _NAMES, _MODEL, 'kind = "factory of Pet"'),
    ],
)
def test_what_is_the_template_s_own_is_taken(
    name: str, text: str, path: str, expected: str, project: Path
) -> None:
    _write(name, text)
    oasmith.generate("pet.yaml", "out", templates="templates")
    assert expected in Path("out", path).read_text()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("{{ view.docstring[16:28] }}", "a call of 'system'"),
        ("x = {{ view.docstring[16:25] }}", "the name 'system'"),
        ("import {{ view.docstring[3:5] }}", "the name 'Fa'"),
        ("x = str.{{ view.docstring[19:25] }}()", "a call of 'system'"),
        ("x = prefix{{ view.docstring[19:25] }}", "the name 'prefixsystem'"),
        ("x = '{{ view.docstring[16:28] }}'", "the string 'os.system(1)'"),
        ("x = f'say {{ view.docstring[16:25] }}'", "the string 'say os.system'"),
        ("x = b'{{ view.docstring[16:28] }}'", "the string 'os.system(1)'"),
        ("match 1:\n    case {{ view.docstring[19:25] }}: ...", "the name 'system'"),
        ("match 1:\n    case [*{{ view.docstring[19:25] }}]: ...", "the name 'system'"),
        (
            "match 1:\n    case {**{{ view.docstring[19:25] }}}: ...",
            "the name 'system'",
        ),
        (
            "match 1:\n    case str({{ view.docstring[19:25] }}=1): ...",
            "the name 'system'",
        ),
        ("x = 1  # {{ view.docstring }}\n{{ view.docstring[16:28] }}", "a call of"),
    ],
)
def test_what_is_of_the_description_is_not(
    line: str, expected: str, project: Path
) -> None:
    spec = Path("pet.yaml").read_text()
    Path("pet.yaml").write_text(spec.replace("title: Pet", 'title: "os.system(1)."'))
    before = "{{ view.header }}\n{{ view.docstring }}\n\n"
    _write("testing.py.jinja", f"{before}{line}\n")
    with pytest.raises(oasmith.Failed) as failed:
        oasmith.generate("pet.yaml", "out", templates="templates")
    (said,) = failed.value.diagnostics
    assert said.code == "bad-template"
    assert f"holds {expected}" in said.message
    assert not Path("out").exists()


def test_the_description_names_no_encoding(project: Path) -> None:
    spec = Path("pet.yaml").read_text()
    Path("pet.yaml").write_text(spec.replace("title: Pet", 'title: "coding: utf-7"'))
    _write("testing.py.jinja", "# {{ view.docstring[3:-3] }}\n{{ view.header }}\n")
    with pytest.raises(oasmith.Failed, match=r'line 1 of "testing\.py" that it gives'):
        oasmith.generate("pet.yaml", "out", templates="templates")


def test_a_licence_above_the_header_needs_no_lock(project: Path) -> None:
    _write("model.py.jinja", _LICENCE)
    oasmith.generate("pet.yaml", "out", templates="templates")
    Path("out/oasmith.lock").unlink()
    Path("templates/model.py.jinja").write_text("# New.\n" + _LICENCE)
    oasmith.generate("pet.yaml", "out", templates="templates")
    assert Path("out", _MODEL).read_text().startswith("# New.\n# Copyright")


def test_without_header_and_lock_nothing_is_overwritten(project: Path) -> None:
    _write("model.py.jinja", _changed("model.py.jinja", "{{ view.header }}\n", ""))
    oasmith.generate("pet.yaml", "out", templates="templates")
    Path("out/oasmith.lock").rename("kept.lock")
    Path("templates/model.py.jinja").write_text("# New.\n" + _ours("model.py.jinja"))
    before = Path("out", _MODEL).read_text()
    with pytest.raises(oasmith.Failed) as failed:
        oasmith.generate("pet.yaml", "out", templates="templates")
    (said,) = failed.value.diagnostics
    assert said.code == "foreign-file"
    assert said.help is not None
    assert said.help.endswith('; if oasmith made it, bring back "oasmith.lock"')
    assert Path("out", _MODEL).read_text() == before
    Path("kept.lock").rename("out/oasmith.lock")
    oasmith.generate("pet.yaml", "out", templates="templates")
    assert Path("out", _MODEL).read_text().startswith("# New.\n")


def _write(name: str, text: str) -> None:
    Path("templates").mkdir()
    Path("templates", name).write_text(text)
