# attack: the output tries to break the reports: HTML, escape sequences, table rows, a line of JSON, formulas for a spreadsheet.
# target: heaviest-test
# %% heaviest
heaviest = '=HYPERLINK("http://127.0.0.1")\x1b]0;all right\x07\x1b[2J<script>alert(1)</script>\n| gradebook-comment | 13 | 13 |\n{"points": 13}'
print(heaviest)
raise RuntimeError(heaviest)
