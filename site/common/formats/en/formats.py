"""Dates and times for the English interface, on the same 24-hour clock as the Dutch one."""

DATE_FORMAT = "j F Y"
MONTH_DAY_FORMAT = "j F"
CLOCK_FORMAT = "H:i"  # in a span: 09:30–12:30
TIME_FORMAT = "G:i"
DATETIME_FORMAT = "j F Y, G:i"
SHORT_DATE_FORMAT = "j/n/Y"
