"""Tests run where a student's code is not.

`agent` answers in the student's process, `proxies` asks in the trusted one, `wire` says what may cross between them, and
`models` what of fitted models may.
"""
