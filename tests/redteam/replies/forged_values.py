# attack: crafted values: arrays of false shape and of objects, dtypes that overlap, tables that do not fit, archives that are bombs, dates out of range.
# target: trimmed-test heaviest-test model-test ripe-test root-test record-test per-sort-test old-test
# %% trimmed
import io
import itertools
import sys
import zipfile

wire = sys.modules["autograder.examiner.wire"]
original = wire.Channel.send
bomb = io.BytesIO()
with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
    archive.writestr("schema.json", b"0" * 200_000_000)
here = {
    "number": 0,
    "type": "x",
    "methods": ["__array__", "__call__", "__eq__", "__float__", "__len__", "__bool__"],
    "bases": [["builtins", "float"], ["os", "PathLike"]],
}
values = itertools.cycle(
    [
        (["numpy.array", "<f8", [10**6, 10**6], False, 0], [b"0" * 8]),
        (["numpy.array", "|O8", [1], False, 0], [b"0" * 8]),
        (["numpy.array", {"fields": [["a", "<f8", 0], ["a", "<f8", 2**40]], "size": 16}, [1], False, 0], [b"0" * 16]),
        (["numpy.objects", [10**12], []], []),
        (
            [
                "pandas.frame",
                [["plain", ["numpy.array", "<f8", [1], False, 0]]],
                ["pandas.range", 0, 10**15, 1, ["list", [None]]],
                ["pandas.range", 0, 1, 1, ["list", [None]]],
            ],
            [b"0" * 8],
        ),
        (["sklearn.estimator", 0, here], [bomb.getvalue()]),
        (["keras.object", 0, [], here], [b'{"module": "keras.layers", "class_name": "Lambda", "config": {}, "registered_name": null}']),
        (["remote", here], []),
        (
            [
                "scipy.sparse",
                "csr_array",
                [10, 10],
                ["numpy.array", "<f8", [1], False, 0],
                ["numpy.array", "<i4", [1], False, 1],
                ["numpy.array", "<i4", [11], False, 2],
            ],
            [b"0" * 8, b"\xff" * 4, b"\x7f" * 44],
        ),
        (["datetime", 99999, 1, 1, 0, 0, 0, 0, 0, None], []),
        (["int", "0x" + "f" * 100_000], []),
        (["zone", "../../../etc/passwd"], []),
        (["list", ["packed", "d", 0]], [b"0" * 7]),
        (["known", 10**9], []),
    ]
)


def send(self, header, buffers=(), **options):
    if header.get("kind") == "reply" and "value" in header:
        value, buffers = next(values)
        header = {**header, "value": value, "changed": [], "names": []}
    return original(self, header, buffers, **options)


wire.Channel.send = send


def trimmed_mean(values, share):
    return 0.0
