def test_details_are_entered_bit_by_bit_and_shown(office):
    assert office("landlord", "--json").data["name"] == ""
    given = ["--name", "Testford Council", "--address", "1 Town Hall", "--address", "ZZ1 1AA"]
    assert office("landlord", *given).code == 0
    assert office("landlord", "--how-to-pay", "By Direct Debit", "--phone", "01632 960001").code == 0
    told = office("landlord", "--json").data
    assert told == {
        "name": "Testford Council",
        "office": "",
        "address": ["1 Town Hall", "ZZ1 1AA"],
        "phone": "01632 960001",
        "email": "",
        "website": "",
        "how_to_pay": ["By Direct Debit"],
    }
    assert "Testford Council" in office("landlord").out


def test_what_is_too_long_to_print_is_refused(office):
    assert office("landlord", "--name", "x" * 121).code == 1
