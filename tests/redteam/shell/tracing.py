# attack: a trace function jumps over each assert of a later cell by rewriting the frame's variables before the line runs.
# target: heaviest-test
# plain nbgrader: full marks
# also loses: all
# %% heaviest
import ast
import linecache
import sys

heaviest = "tree-000"


def trace(frame, event, argument):
    if event == "line" and frame.f_code.co_name == "<module>":
        line = linecache.getline(frame.f_code.co_filename, frame.f_lineno)
        if "heaviest ==" in line:
            frame.f_globals["heaviest"] = ast.literal_eval(line.split("==")[1].split(",")[0].strip())
    return trace


def start(info):
    sys.settrace(trace)


get_ipython().events.register("pre_run_cell", start)
