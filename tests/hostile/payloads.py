"""The hostile texts, each by a name."""

from __future__ import annotations

from collections.abc import Mapping

MARK = "canary"
"""The file that is made, wherever code of a description runs."""

_RUN = f"__import__('pathlib').Path('{MARK}').touch()"
_DOUBLE = _RUN.replace("'", '"')
_IMPORT = "self.__init__.__globals__.__builtins__['__import__']"

PAYLOADS: Mapping[str, str] = {
    # What ends a literal.
    "double quote": '"',
    "single quote": "'",
    "quotes of both kinds": "'\"'\"",
    "three quotes": '"""',
    "three single quotes": "'''",
    "four quotes": 'a""""',
    "backslash": "\\",
    "backslashes and quotes": '\\"\\\\"\\\\\\"""',
    "escapes": "\\n\\x22\\u0022\\N{QUOTATION MARK}\\101",
    "backtick": "`a` ``b``",
    # What ends a line.
    "line feed": "a\nb",
    "carriage return": "a\rb",
    "both": "a\r\nb",
    "vertical tab": "a\x0bb",
    "form feed": "a\x0cb",
    "separators": "a\x1cb\x1dc\x1ed",
    "next line": "a\x85b",
    "line separator": "a\u2028b",
    "paragraph separator": "a\u2029b",
    "nothing but a line": "\n",
    # What can't be seen, or is seen elsewhere.
    "null": "a\x00b",
    "terminal": "a\x1b]0;b\x07\x1b[2J\x9b31m\x7f",
    "bidi": "a\u202eb\u2066c\u200fd\u061ce",
    "byte order mark": "\ufeffa",
    "zero width": "a\u200bb\u00adc\u2060d",
    "tab": "a\tb",
    "astral": "\U0001f600\U000e0001",
    "noncharacters": "a\ufffeb\uffffc",
    "private": "a\ue000b",
    # Code, for each way out.
    "code after a string": f'"); {_RUN}; ("',
    "code after a single quote": f"'); {_DOUBLE}; ('",
    "code after a docstring": f'"""\n{_RUN}\n"""',
    "code after a docstring, indented": f'"""\n    {_RUN}\n    """',
    "code after single quotes": f"'''\n{_DOUBLE}\n'''",
    "code after a backslash": f'\\"""\n{_RUN}\n\\"""',
    "code in an item": f'", {_RUN}, "',
    "code in a subscript": f'"] | {_RUN} | Literal["',
    "code on a line": f"a\n{_RUN}\nb",
    "code on a line of its own kind": f"a\r{_RUN}\x0c{_RUN}\u2028{_RUN}",
    "code as it is": _RUN,
    "code as a default": f"a={_RUN}",
    "code in a concatenation": f'" + str({_RUN}) + "',
    "code after a colon": f":\n    {_RUN}\n#",
    "code after a comment": f"# a\n{_RUN} #",
    "code in a template": f"{{{{ {_IMPORT}('os').system('touch {MARK}') }}}}",
    "code in a block": "{% for a in ().__class__.__mro__ %}a{% endfor %}",
    "code in an f-string": f"{{{_RUN}}}",
    "code in a format": "{0.__class__.__init__.__globals__}",
    "code in YAML": f'!!python/object/apply:os.system ["touch {MARK}"]',
    "code in a shell": f"$(touch {MARK}) `touch {MARK}`; touch {MARK} |touch {MARK}",
    # What means something to templates, formats and tools.
    "jinja": "{{ view }} {% raw %} {# a #} {{ '{{' }}",
    "unclosed jinja": "{{ {% {#",
    "braces": "{}{a}{{}}{",
    "percents": "%s %(a)s %% %n %41",
    "dollars": "$a ${a} $$",
    "comments": "# type: ignore # noqa # fmt: off",
    "coding": "# -*- coding: utf-7 -*- +ACI-",
    "yaml": "- *a &b <<: !!c |",
    # Names that mean something.
    "empty": "",
    "blank": " ",
    "keyword": "class",
    "soft keyword": "match",
    "none": "None",
    "dunder": "__class__",
    "private dunder": "__import__",
    "self": "self",
    "client": "client",
    "builtin": "eval",
    "runtime": "UNSET",
    "template's own": "_request",
    "number": "1abc",
    "punctuation": "-.*~",
    "compatibility": "\ufb01\u2460\u210c\u017f",
    "turkish": "\u0130\u0131",
    "cyrillic": "\u0441l\u0430ss",
    "combining": "e\u0301\u0301\u0301",
    "no name at all": "\u3042\u0331 \u2603",
    # Paths.
    "traversal": f"../../../{MARK}",
    "backward traversal": f"..\\..\\{MARK}",
    "absolute": f"/tmp/{MARK}",
    "drive": f"C:\\{MARK}",
    "device": "con",
    "device with a suffix": "NUL.txt",
    "dots": "..",
    "encoded traversal": "%2e%2e%2f",
    # Addresses.
    "script": "javascript:alert(1)",
    "file address": "file:///etc/passwd",
    "loopback": "http://127.0.0.1:9/a?b#c",
    "user in an address": "http://a:b@example.com@[::1]:99999999/",
    # Sizes and numbers.
    "long": "a" * 10_000,
    "long words": "long words " * 1_000,
    "long lines": "a\n" * 3_000,
    "brackets": "(" * 3_000,
    "infinite": "1e400",
    "not a number": "NaN",
    "great": str(2**70),
    "slow pattern": "(a|a)*(a+)+(.*a){20}$",
}
