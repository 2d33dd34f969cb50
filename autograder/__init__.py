"""The instructor's side: the reference, the checks, the sandbox and all that grading needs."""
