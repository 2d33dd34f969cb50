"""After grading, OUT is a course that nbgrader's formgrader can open, with the reflection waiting for a person."""

import nbformat
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from autograder.classroom import grade_class
from tests.notebooks import hand_in, solved


def test_formgrader_sees_the_submission_and_what_waits_for_a_person(tmp_path):
    notebook = solved("gates")
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") == "reflection_gates":
            cell.source = "Half is gone after 2.2 steps. <script>alert(1)</script>"
    hand_in(tmp_path / "submitted", "anna", "gates", notebook)
    hand_in(tmp_path / "submitted", "bert", "gates", "no notebook")
    out = tmp_path / "out"
    grade_class("gates", tmp_path / "submitted", out, progress=False)

    config = Config()
    config.CourseDirectory.root = str(out)
    config.CourseDirectory.db_url = f"sqlite:///{out / 'gradebook.db'}"
    api = NbGraderAPI(coursedir=CourseDirectory(config=config), config=config)
    seen = api.get_submission("gates", "anna")
    assert seen["autograded"] and seen["needs_manual_grade"] and seen["score"] == 10
    assert api.get_autograded_students("gates") == {"anna", "bert"}

    shown, nothing = (
        nbformat.read(out / "autograded" / student / "gates" / "gates.ipynb", as_version=4) for student in ("anna", "bert")
    )
    nbformat.validate(shown)
    nbformat.validate(nothing)
    assert "Your notebook cannot be read" in nothing.cells[0].source
    (answer,) = (cell for cell in shown.cells if cell.metadata.get("nbgrader", {}).get("grade_id") == "reflection_gates")
    assert "2.2 steps" in answer.source and "<script>" not in answer.source
