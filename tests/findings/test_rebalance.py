"""Moving posts: cases reckoned by hand, every way tried out on small ones, limits, ties."""

from itertools import product

import numpy as np
import pandas as pd
import pytest

import reviewlib.findings as find
from reviewlib.errors import UsageError
from reviewlib.findings.moving_posts import Bounds, least_shortfall

CODES = ("DP01", "DP02", "DP03", "DP04")
ADMIN, CIVIL = "administrative", "institution_civil"


def posts(code, approved, filled=None, kind=ADMIN):
    """Return one row of the establishment sheet, fully staffed unless told."""
    return {"dept_code": code, "estab_type": kind, "posts_approved_count": approved,
            "posts_filled_count": approved if filled is None else filled}  # fmt: skip


def workload(code, now, before):
    return {"dept_code": code, "count_item": "workload", "num": now, "den": before}


def moved(result) -> list[tuple]:
    """Return the moves as (from, to, posts)."""
    columns = ["from_dept", "to_dept", "posts_count"]
    return [tuple(row) for row in result.moves[columns].to_numpy().tolist()]


@pytest.mark.parametrize(
    ("words", "have", "needed", "limits", "outcome", "moves", "worst"),
    [
        ("one lacks four, one has four to spare", (10, 10), (14, 6), {}, "moved",
         [("DP02", "DP01", 4)], 0.0),
        ("both lack: shared as evenly as whole posts can", (10, 10), (14, 11), {}, "moved",
         [("DP02", "DP01", 1)], 3.0),
        ("no more is moved than makes both lack alike", (10, 10, 10), (14, 12, 5), {}, "moved",
         [("DP03", "DP01", 3), ("DP03", "DP02", 1)], 1.0),
        ("nobody lacks", (10, 10), (10, 9.9), {}, "no_shortfall", [], 0.0),
        ("all lack alike", (10, 10), (12, 12), {}, "no_better", [], 2.0),
        ("half a post does not move", (10, 10), (10.4, 9.8), {}, "no_better", [], 0.4),
        ("two may leave", (10, 10), (14, 6), {"per_department": 2}, "moved",
         [("DP02", "DP01", 2)], 2.0),
        ("none of the one department", (10, 10, 10), (14, 6, 6), {"per_department": {"DP02": 0}},
         "moved", [("DP03", "DP01", 4)], 0.0),
        ("three of the type in all", (10, 10), (14, 6), {"per_type": 3}, "moved",
         [("DP02", "DP01", 3)], 1.0),
        ("one must keep nine", (10, 10), (14, 6), {"lowest": {"DP02": 9}}, "moved",
         [("DP02", "DP01", 1)], 3.0),
        ("one may have eleven at most", (10, 10), (14, 6), {"highest": {"DP01": 11}}, "moved",
         [("DP02", "DP01", 1)], 3.0),
        ("only vacant ones, and there is none", (10, 10), (14, 6), {"is_vacant_only": True},
         "no_better", [], 4.0),
        ("a ceiling alone moves posts", (10, 10), (8, 8), {"highest": {"DP01": 9}}, "moved",
         [("DP01", "DP02", 1)], 0.0),
        ("from the later of two alike", (10, 10, 10), (11, 9, 9), {}, "moved",
         [("DP03", "DP01", 1)], 0.0),
        ("to the earlier of two alike", (10, 10, 10), (8, 8, 8), {"highest": {"DP01": 9}}, "moved",
         [("DP01", "DP02", 1)], 0.0),
        ("from the one that can spare it, though it stands earlier", (10, 10, 10), (8, 13, 10), {},
         "moved", [("DP01", "DP02", 2)], 1.0),
        ("one post cannot help two alike", (10, 10, 10), (8, 11, 11), {"per_type": 1}, "no_better",
         [], 1.0),
        ("no tie: both are helped", (10, 10, 10), (8, 11, 11), {}, "moved",
         [("DP01", "DP02", 1), ("DP01", "DP03", 1)], 0.0),
    ],
)  # fmt: skip
def test_cases_reckoned_by_hand(review_of, words, have, needed, limits, outcome, moves, worst):
    """The largest shortfall, then the fewest posts, then all shortfalls, then protocol order."""
    review = review_of(staffing=[posts(*row) for row in zip(CODES, have, strict=False)])
    need = dict(zip(CODES, needed, strict=False))
    found = find.rebalance(review, need=need, limits=find.Limits(**limits))

    assert (found.outcome, sorted(moved(found))) == (outcome, moves)
    assert found.worst_after == pytest.approx(worst)
    assert found.departments["posts_after_count"].sum() == sum(have)


def test_need_is_reckoned_from_each_departments_own_last_year(review_of):
    """A fifth more cases call for a fifth more posts, whatever another's cases are."""
    review = review_of(
        staffing=[posts("DP01", 10), posts("DP02", 10), posts("DP03", 10), posts("DP04", 10)],
        other_counts=[workload("DP01", 120, 100), workload("DP02", 9000, 10000),
                      workload("DP03", 5, 0), workload("DP04", 5, None)],
    )  # fmt: skip
    found = find.rebalance(review)

    assert found.departments["posts_needed"].tolist() == [12.0, 9.0]
    assert moved(found) == [("DP02", "DP01", 1)]
    assert found.left_out.to_numpy().tolist() == [["DP03", "no_workload"], ["DP04", "no_workload"]]


def test_people_who_would_have_to_follow_their_posts_are_counted(review_of):
    """Two filled posts leave: two in post beyond the posts left."""
    review = review_of(staffing=[posts("DP01", 10), posts("DP02", 10, 9)])
    found = find.rebalance(review, need={"DP01": 13, "DP02": 7})

    assert found.departments["staff_over_count"].tolist() == [0, 2]


def test_a_post_stays_of_its_type(review_of):
    """Only administrative posts are considered unless told; with both, each fills its own."""
    review = review_of(staffing=[posts("DP01", 5), posts("DP02", 5), posts("DP02", 4, None, CIVIL)])
    need = {"DP01": 8, "DP02": 4}
    alone, both = (find.rebalance(review, need=need, types=types, limits=find.Limits(per_type=2))
                   for types in ((ADMIN,), (ADMIN, CIVIL)))  # fmt: skip

    assert alone.departments["posts_approved_count"].tolist() == [5, 5]
    assert (alone.worst_after, both.worst_after) == (1.0, 0.0)
    assert both.moves["estab_type"].tolist() == [ADMIN, CIVIL]
    assert both.moves["posts_count"].sum() == 3


@pytest.mark.parametrize(
    ("words", "limits", "unmet"),
    [
        ("more than can join", {"lowest": {"DP01": 13}, "per_department": 2},
         [("lowest", "DP01", 13, 12)]),
        ("less than can leave", {"highest": {"DP02": 5}, "per_department": 2},
         [("highest", "DP02", 5, 8)]),
        ("nothing vacant to give up", {"highest": {"DP02": 5}, "is_vacant_only": True},
         [("highest", "DP02", 5, 10)]),
        ("lowest above highest", {"lowest": {"DP01": 11}, "highest": {"DP01": 9}},
         [("both", "DP01", 11, 9)]),
        ("the lowest add up to too much", {"lowest": {"DP01": 12, "DP02": 12}},
         [("total_lowest", "", 24, 20)]),
        ("the highest add up to too little", {"highest": {"DP01": 9, "DP02": 9}},
         [("total_highest", "", 18, 20)]),
        ("each could be met, not together", {"lowest": {"DP01": 12}, "per_type": 1},
         [("together", "", 0, 0)]),
    ],
)  # fmt: skip
def test_limits_that_cannot_be_met_are_named(review_of, words, limits, unmet):
    """An outcome of its own, nothing moved, and which limit it is."""
    review = review_of(staffing=[posts("DP01", 10), posts("DP02", 10)])
    found = find.rebalance(review, need={"DP01": 12, "DP02": 8}, limits=find.Limits(**limits))
    told = found.unmet.assign(dept_code=found.unmet["dept_code"].fillna("")).fillna(0)

    assert found.outcome == "infeasible" and found.moves.empty
    assert [tuple(row) for row in told.to_numpy().tolist()] == unmet
    assert found.departments["posts_after_count"].tolist() == [10, 10]


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("an unknown department", {"need": {"DP77": 3}}),
        ("an unknown department in a limit", {"limits": find.Limits(lowest={"DP77": 3})}),
        ("an unknown type", {"types": ("admin",)}),
        ("an unknown type in a limit", {"limits": find.Limits(per_type={"admin": 3})}),
        ("below zero", {"limits": find.Limits(per_department=-1)}),
        ("not a number", {"need": {"DP01": float("nan")}}),
    ],
)
def test_what_cannot_be_asked(review_of, words, asked):
    """A wrong name or number is refused, not ignored."""
    with pytest.raises(UsageError):
        find.rebalance(review_of(staffing=[posts("DP01", 10)]), **asked)


def test_nothing_to_consider(review_of):
    """Without posts and cases there is no scenario, and that is said."""
    found = find.rebalance(review_of())

    assert (found.outcome, found.worst_before, found.worst_after) == ("nobody", 0.0, 0.0)
    assert set(found.left_out["why"]) == {"no_posts"}


def test_the_order_of_the_rows_does_not_matter(review_of):
    """Rows in another order: the same scenario, to the last post."""
    rows = [posts(code, 9, 8, kind) for code in CODES for kind in (ADMIN, CIVIL)]
    need = dict(zip(CODES, (22, 21, 16, 13), strict=True))
    found = [find.rebalance(review_of(staffing=order), need=need, types=(ADMIN, CIVIL))
             for order in (rows, rows[::-1], rows[3:] + rows[:3])]  # fmt: skip

    for other in found[1:]:
        pd.testing.assert_frame_equal(found[0].moves, other.moves)
        pd.testing.assert_frame_equal(found[0].departments, other.departments)


def judged(needed, after, out):
    """Return the largest shortfall, the posts moved, all shortfalls together."""
    short = np.round((needed - after).clip(min=0), 3)
    return short.max(), int(out.sum()), round(short.sum(), 3)


def every_way(have, needed, bounds):
    """Try every way to move posts; return the best of all, as judged and then by order."""
    departments, kinds = have.shape
    options = [range(int(n) + 1) for n in bounds.out.ravel()]
    best = None
    for leaving in product(*options):
        out = np.array(leaving).reshape(have.shape)
        if (out.sum(axis=0) > bounds.per_type).any():
            continue
        if (out.sum(axis=1) > bounds.per_department).any():
            continue
        takes = [list(shared(int(out[:, k].sum()), departments)) for k in range(kinds)]
        for columns in product(*takes):
            into = np.array(columns).T
            after = have.sum(axis=1) - out.sum(axis=1) + into.sum(axis=1)
            if (into.sum(axis=1) > bounds.per_department).any() or (
                (after < bounds.lowest) | (after > bounds.highest)
            ).any():
                continue
            key = (*judged(needed, after, out), leaving, tuple(-into.ravel()))
            best = key if best is None or key < best else best
    return best


def shared(total, places):
    """Yield every way to share whole posts among places."""
    if places == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in shared(total - first, places - 1):
            yield (first, *rest)


@pytest.mark.parametrize("seed", range(25))
def test_no_other_way_is_better(seed):
    """On small random cases, what is proposed is the best of all ways there are."""
    rng = np.random.default_rng(seed)
    shape = (3, 1 + seed % 2)
    have = rng.integers(0, 4 if shape[1] == 1 else 3, shape)
    needed = np.round(have.sum(axis=1) * rng.uniform(0.3, 2.0, 3), 1)
    whole = have.sum(axis=1)
    bounds = Bounds(
        out=np.minimum(have, rng.integers(0, 4, shape)), per_department=rng.integers(0, 4, 3),
        per_type=rng.integers(0, 4, shape[1]), lowest=whole - rng.integers(-1, 3, 3),
        highest=whole + rng.integers(-1, 3, 3),
    )  # fmt: skip
    best, found = every_way(have, needed, bounds), least_shortfall(have, needed, bounds)

    assert (found is None) == (best is None)
    if best:
        out, into = found
        after = whole - out.sum(axis=1) + into.sum(axis=1)

        assert (*judged(needed, after, out), tuple(out.ravel()), tuple(-into.ravel())) == best
