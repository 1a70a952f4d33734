"""`rentbook report-views`: the views and their columns, without a database."""


def test_the_views_and_the_columns_of_one(rentbook):
    assert "report_receipt_day" in rentbook("report-views").out
    told = rentbook("report-views", "report_receipt_day", "--json").data
    assert [each["name"] for each in told["columns"]][-2:] == ["received_pence", "received_pounds"]


def test_an_unknown_view_is_told(rentbook):
    answer = rentbook("report-views", "report_names")
    assert (answer.code, "no view called report_names" in answer.err) == (1, True)
