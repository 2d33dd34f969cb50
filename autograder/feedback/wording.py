"""The page's own words: one place for what statuses and findings are called, and for the sentence at the top."""

from __future__ import annotations

STATUSES = {
    "passed": "Right",
    "partial": "Partly right",
    "failed": "Not right yet",
    "error": "Stopped by an error",
    "timeout": "Took too long",
    "memory": "Needed too much memory",
    "missing": "Not found",
    "rejected": "Not graded",
    "protocol": "Answer unreadable",
}

# Said of a check that has no finding of its own.
EXPLANATIONS = {
    "passed": "",
    "partial": "Some of what it returns is right, some is not yet.",
    "failed": "What it returns is not right yet.",
    "error": "It stopped before it returned anything.",
    "timeout": "It ran longer than the limit and was stopped.",
    "memory": "It needed more memory than the limit and was stopped.",
    "missing": "There was nothing to check.",
    "rejected": "The notebook could not be graded, so this was not run.",
    "protocol": "What came back could not be read as an answer of this function.",
}

FINDINGS = {
    "undefined": "Definition",
    "raised": "Error",
    "died": "Process ended",
    "timeout": "Time",
    "memory": "Memory",
    "protocol": "Answer",
    "returns": "Return value",
    "shape": "Shape",
    "dtype": "Number type",
    "values": "Values",
    "purity": "Side effect",
    "overflow": "Overflow",
    "diagnosis": "Likely mistake",
    "follow-through": "Follows from an earlier function",
}

HINTS = ("diagnosis", "follow-through")  # findings that stand apart, behind what was found


def summary(verdict):
    """One friendly sentence or two on the whole."""
    right = sum(check.status == "passed" for check in verdict.checks)
    total = len(verdict.checks)
    if verdict.status == "missing" and not verdict.score:
        return "No notebook came in for this exercise, so there was nothing to grade yet."
    if verdict.status == "rejected" and not verdict.score:
        return "This notebook could not be graded as it is. Below it says why, and what to do."
    if right == total:
        return "Everything is right. Well done!"
    if right:
        start = "Well on the way" if right >= total / 2 else "A good start"
        return f"{start}: {right} of {total} functions {'is' if right == 1 else 'are'} right."
    if verdict.score:
        return "Parts of it work already. Take one function at a time, from the top."
    return "Nothing counts yet, and that is where everyone starts. Take one function at a time, from the top."
