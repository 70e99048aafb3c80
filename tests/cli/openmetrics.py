# SPDX-License-Identifier: Apache-2.0
"""What the text format of OpenMetrics 1.0 asks for, as far as counters, gauges and histograms go."""
import re

NAME = r"[a-zA-Z_:][a-zA-Z0-9_:]*"
LABEL = r'[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\["\\n])*"'
NUMBER = r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?"
SAMPLE = re.compile(rf"({NAME})(?:\{{({LABEL}(?:,{LABEL})*)?\}})? ({NUMBER})")
META = re.compile(rf"# (TYPE|UNIT|HELP) ({NAME}) ((?:[^\\\n]|\\[\\n\"])*)")


def parse(text):
    """The samples of an exposition as {(name, labels): value}; AssertionError where it breaks the grammar."""
    assert text.endswith("# EOF\n") and text.count("# EOF") == 1, "no # EOF at the end, or one before"
    samples, seen, family = {}, set(), None
    for line in text[:-len("# EOF\n")].splitlines():
        meta = META.fullmatch(line)
        if meta:
            kind, name, rest = meta.groups()
            if family is None or family["name"] != name:
                assert name not in seen, f"{name}: its lines are not together"
                seen.add(name)
                family = {"name": name}
            assert kind not in family and "samples" not in family, f"{line!r} comes twice or too late"
            family[kind] = rest
            if kind == "TYPE":
                assert rest in ("counter", "gauge", "histogram"), line
            if kind == "UNIT":
                assert name.endswith("_" + rest), f"{name} does not end in its unit {rest}"
            continue
        sample = SAMPLE.fullmatch(line)
        assert sample, f"neither a sample nor metadata: {line!r}"
        name, labels, number = sample.groups()
        assert family and "TYPE" in family, f"{line!r} has no # TYPE"
        expected = family["name"] + ("_total" if family["TYPE"] == "counter" else "")
        parts = [expected + part for part in ("_bucket", "_count", "_sum")] if family["TYPE"] == "histogram" else [expected]
        assert name in parts, f"{name} stands where {parts[0]} should"
        family["samples"] = True
        assert family["TYPE"] != "counter" or float(number) >= 0, line
        key = (name, labels or "")
        assert key not in samples, f"{key} comes twice"
        names = re.findall(r'([a-zA-Z_][a-zA-Z0-9_]*)="', labels or "")
        assert len(names) == len(set(names)), line
        samples[key] = float(number)
    return samples
