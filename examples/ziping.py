#!/usr/bin/env python3
"""libziping from Python, without a build: `Ziping().check("form.pdf")` gives what `ziping check --format json` prints.

usage: ziping.py FILE…     a line a finding
"""
import ctypes
import json
import os
import sys


class Error(Exception):
    """Why the library could not do its job: `code` of ziping_code, the sentence in English, and `zh`."""

    def __init__(self, code, en, zh):
        super().__init__(en)
        self.code, self.zh = code, zh


def load(path):
    library = ctypes.CDLL(path)
    pointer, text, error = ctypes.c_void_p, ctypes.c_char_p, ctypes.POINTER(ctypes.c_void_p)
    for name, result, *arguments in [
        ("ziping_version", text),
        ("ziping_new", pointer, text, error),
        ("ziping_free", None, pointer),
        ("ziping_about", pointer, pointer),
        ("ziping_check_path", pointer, pointer, text, text, error),
        ("ziping_check_bytes", pointer, pointer, text, ctypes.c_size_t, text, text, error),
        ("ziping_convert_path", pointer, pointer, text, text, error),
        ("ziping_convert_bytes", pointer, pointer, text, ctypes.c_size_t, text, text, error),
        ("ziping_explain", pointer, pointer, text, text, error),
        ("ziping_string_free", None, pointer),
        ("ziping_error_code", ctypes.c_int, pointer),
        ("ziping_error_text", text, pointer, text),
        ("ziping_error_free", None, pointer),
    ]:
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    return library


class Ziping:
    """A handle: the rules and two workers, unless the options say otherwise. Threads may share it."""

    def __init__(self, library="libziping.so.1", **options):
        self.library = load(library)
        self.handle = None
        self.handle = self._call(self.library.ziping_new, self._options({"workers": 2, **options}))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self.library.ziping_free(self.handle)
        self.handle = None

    @staticmethod
    def _options(options):
        return json.dumps(options).encode()

    def _call(self, function, *arguments):
        error = ctypes.c_void_p()
        result = function(*arguments, ctypes.byref(error))
        if not error:
            return result
        code = self.library.ziping_error_code(error)
        zh, en = (self.library.ziping_error_text(error, lang).decode() for lang in (b"zh", b"en"))
        self.library.ziping_error_free(error)
        raise Error(code, en, zh)

    def _text(self, pointer):
        text = ctypes.string_at(pointer).decode()
        self.library.ziping_string_free(pointer)
        return text

    def _ask(self, verb, document, name, options):
        if name is None:
            function = getattr(self.library, f"ziping_{verb}_path")
            found = self._call(function, self.handle, os.fsencode(document), self._options(options))
        else:
            function = getattr(self.library, f"ziping_{verb}_bytes")
            found = self._call(function, self.handle, document, len(document), os.fsencode(name), self._options(options))
        return json.loads(self._text(found))

    def check(self, document, name=None, **options):
        """The findings in a file or folder, or in bytes where they have a name."""
        return self._ask("check", document, name, options)

    def convert(self, document, name=None, **options):
        """The forms, likewise."""
        return self._ask("convert", document, name, options)

    def explain(self, rule, lang="en"):
        """The page of a rule, as Markdown."""
        return self._text(self._call(self.library.ziping_explain, self.handle, rule.encode(), lang.encode()))

    def about(self):
        """What the handle works with."""
        return json.loads(self._text(self.library.ziping_about(self.handle)))


def main():
    with Ziping(os.environ.get("LIBZIPING", "libziping.so.1")) as ziping:
        for path in sys.argv[1:]:
            for file in ziping.check(path, show="warning")["files"]:
                for finding in file["findings"]:
                    print(f"{file['path']}: {finding['code']} {finding['message']}")


if __name__ == "__main__":
    main()
