"""The self-check: ``python -m lstmbook.selfcheck NOTEBOOK`` runs an exercise's own tests and shows them on one page.

The page is the one that grading's feedback has. The notebook runs in a plain Python on its student's own machine; what
is graded, hidden tests on fresh numbers find out elsewhere.
"""
