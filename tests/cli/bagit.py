"""bagit.py DIR - a reader of bags written from RFC 8493 alone: ends with 1 and says why when DIR is not complete and valid."""
import hashlib
import os
import re
import sys


def read_manifest(folder, name):
    listed = {}
    for line in open(os.path.join(folder, name), encoding="utf-8", newline=""):
        digest, path = re.fullmatch(r"([0-9A-Fa-f]+)[ \t]+\*?(.+?)[\r\n]*", line).groups()
        path = re.sub("%(0[AaDd]|25)", lambda found: chr(int(found[1], 16)), path)
        assert path not in listed, f"{path} twice"
        assert not path.startswith(("/", "~")) and ".." not in path.split("/"), f"{path} leaves the bag"
        listed[path] = digest.lower()
    return listed


def digest_of(path):
    return hashlib.sha256(open(path, "rb").read()).hexdigest()


def check(folder):
    declaration = open(os.path.join(folder, "bagit.txt"), "rb").read()
    assert re.fullmatch(rb"BagIt-Version: 1\.0\r?\nTag-File-Character-Encoding: UTF-8\r?\n?", declaration), "bagit.txt"
    payload = read_manifest(folder, "manifest-sha256.txt")
    there = {os.path.relpath(os.path.join(at, name), folder) for at, _, names in os.walk(os.path.join(folder, "data")) for name in names}
    assert there == set(payload), f"payload and manifest differ: {there ^ set(payload)}"
    for listed in (payload, read_manifest(folder, "tagmanifest-sha256.txt")):
        for path, digest in listed.items():
            assert digest_of(os.path.join(folder, path)) == digest, f"{path} is not what its manifest says"
    info = dict(re.match(r"([^:]+): *(.*)", line).groups() for line in open(os.path.join(folder, "bag-info.txt"), encoding="utf-8"))
    octets, streams = map(int, info["Payload-Oxum"].split("."))
    assert streams == len(payload) and octets == sum(os.path.getsize(os.path.join(folder, path)) for path in payload), "Payload-Oxum"
    tags = {name for name in os.listdir(folder) if os.path.isfile(os.path.join(folder, name))}
    assert tags == set(read_manifest(folder, "tagmanifest-sha256.txt")) | {"tagmanifest-sha256.txt"}, f"tag files {tags}"


if __name__ == "__main__":
    try:
        check(sys.argv[1])
    except (AssertionError, AttributeError, OSError) as problem:
        sys.exit(f"no valid bag: {problem}")
