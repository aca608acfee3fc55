"""What one department is told: its own rows, the median of its like, and what it is asked."""

from types import SimpleNamespace

import pandas as pd

import reviewlib.findings as find

ITEM = {"indicator_id": "A01", "status": "scored"}
PLACES = {"DP01": "G1", "DP02": "G1", "DP03": "G2", "DP04": None, "DP05": None, "DP06": None,
          "DP07": "G1"}  # fmt: skip
SHARES = {"DP01": 0.2, "DP02": 0.6, "DP03": 1.0, "DP04": 0.1, "DP05": 0.5, "DP06": 0.4,
          "DP07": 0.9}  # fmt: skip
ROSTER = [
    {"dept_code": code, "group_id": group, "mode": "visit" if group else "self",
     "protocol_order": place, "short_name": code}
    for place, (code, group) in enumerate(PLACES.items())
]  # fmt: skip


def scores():
    """One indicator of every department of the roster."""
    rows = [
        ITEM | {name: row[name] for name in ("dept_code", "mode", "group_id")}
        | {"share": SHARES[row["dept_code"]]}
        for row in ROSTER
    ]  # fmt: skip
    items = pd.DataFrame(rows).astype({"group_id": "str", "share": "Float64"})
    return SimpleNamespace(items=items)


def test_the_like_of_a_department(review_of):
    """Visited departments are set beside their group, the self-assessed beside each other."""
    review = review_of(departments=ROSTER)
    told = {code: find.against_peers(review, scores(), code) for code in PLACES}

    assert [list(own["dept_code"]) for own in told.values()] == [[code] for code in PLACES]
    found = {code: (own["median"].iloc[0], own["peer_count"].iloc[0]) for code, own in told.items()}
    assert found["DP02"] == (0.6, 3) and found["DP07"] == (0.6, 3)
    assert found["DP05"] == (0.4, 3)


def test_no_median_of_so_few_that_one_could_tell_the_other(review_of):
    """Alone in its group a department sees no median, and one without items sees no row."""
    review = review_of(departments=ROSTER)
    own = find.against_peers(review, scores(), "DP03")

    assert own["median"].isna().all() and own["peer_count"].tolist() == [1]
    assert find.against_peers(review, scores(), "DP99").empty


def test_a_department_is_asked_about_its_own_gravest_first(review_of):
    """Blocks, then errors, then warnings, each by place; never what two sides say differently."""
    told = [("DP02", "warn", "B1"), ("DP01", "warn", "A1"), ("DP01", "info", "A2"),
            ("DP01", "error", "A3"), ("DP02", "block", "B2"), ("DP01", "warn", "A4"),
            ("DP01", "block", "A5")]  # fmt: skip
    issues = [{"dept_code": code, "severity": severity, "cell": cell, "code": "cell.type",
               "file": "甲.xlsx", "sheet": "01", "outcome": "kept"}
              for code, severity, cell in told]  # fmt: skip
    issues.append(issues[1] | {"rule": "two-sides-status", "cell": "A6"})
    review = review_of(issues=issues)

    assert find.to_confirm(review, "DP01")["cell"].tolist() == ["A5", "A3", "A1", "A4"]
    assert find.to_confirm(review, "DP02")["cell"].tolist() == ["B2", "B1"]
