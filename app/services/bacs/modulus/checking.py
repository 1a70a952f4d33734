"""The modulus check itself, with its fourteen exceptions (bacs.md 3.2; the specification of Pay.UK, 1.3 and 2.2).

The digits of the sort code and account number stand at `u v w x y z a b c d e f g h`. Each is multiplied by its weight, and
the products are added up. Exceptions are named by their number, as the specification names them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.services.bacs.dto import Destination
from app.services.bacs.modulus.table import Method, Rule, Table

_A, _B, _C, _G, _H = 6, 7, 8, 12, 13
_U_TO_B: Final = 8
_FOREIGN: Final = range(4, 9)
_2_WITH_A: Final = (0, 0, 1, 2, 5, 3, 6, 4, 8, 7, 10, 9, 3, 1)
_2_WITH_A_AND_9: Final = (0, 0, 0, 0, 0, 0, 0, 0, 8, 7, 10, 9, 3, 1)
_FOR_8: Final = "090126"
_FOR_9: Final = "309634"
_EITHER: Final = frozenset({(2, 9), (10, 11), (12, 13)})
"""Pairs of exceptions of which it is enough that one line passes."""


def fits(table: Table, account: Destination) -> bool | None:
    """Whether an account number can belong to its sort code; None where the table says nothing of it.

    Accounts in another currency under exception 6 can't be checked either.
    """
    rules = table.rules(account.sort_code)
    if not rules or _is_foreign(rules, account.account_number):
        return None
    first = _passes(rules[0], table, account)
    if len(rules) == 1:
        return first
    pair = (rules[0].exception, rules[1].exception)
    if pair in _EITHER:
        return first or _passes(rules[1], table, account)
    if _skips(rules[1], account):
        return first
    if _skips(rules[0], account):
        return _passes(rules[1], table, account)
    return first and _passes(rules[1], table, account)


def _is_foreign(rules: Sequence[Rule], number: str) -> bool:
    """Exception 6: an account in another currency, whose number begins with 4 to 8 and ends in a pair."""
    return any(rule.exception == 6 for rule in rules) and int(number[0]) in _FOREIGN and number[6] == number[7]


def _skips(rule: Rule, account: Destination) -> bool:
    """Exception 3: this line isn't applied where the third digit is 6 or 9."""
    return rule.exception == 3 and account.account_number[2] in "69"


def _passes(rule: Rule, table: Table, account: Destination) -> bool:
    digits = _digits(_sort_code(rule, table, account.sort_code) + account.account_number)
    total = _total(rule.method, digits, _weights(rule, digits))
    match rule.exception:
        case 1:
            return (total + 27) % 10 == 0
        case 4:
            return total % 11 == digits[_G] * 10 + digits[_H]
        case 5:
            return _check_digit_5(rule.method, total, digits)
        case 14:
            return total % 11 == 0 or _passes_14(rule, digits)
    return total % _modulus(rule.method) == 0


def _sort_code(rule: Rule, table: Table, sort_code: str) -> str:
    match rule.exception:
        case 5:
            return table.substitutes.get(sort_code, sort_code)
        case 8:
            return _FOR_8
        case 9:
            return _FOR_9
    return sort_code


def _weights(rule: Rule, digits: Sequence[int]) -> tuple[int, ...]:
    """The weights of a line, as the exceptions 2, 7 and 10 change them."""
    without_start = (0,) * _U_TO_B + rule.weights[_U_TO_B:]
    match rule.exception:
        case 2 if digits[_A]:
            return _2_WITH_A_AND_9 if digits[_G] == 9 else _2_WITH_A
        case 7 if digits[_G] == 9:
            return without_start
        case 10 if digits[_G] == 9 and (digits[_A], digits[_B]) in {(0, 9), (9, 9)}:
            return without_start
    return rule.weights


def _check_digit_5(method: Method, total: int, digits: Sequence[int]) -> bool:
    """Exception 5: what is left over must make up the check digit, g of the first line, h of the second."""
    if method is Method.MOD11:
        left = total % 11
        return digits[_G] == 0 if left == 0 else left != 1 and 11 - left == digits[_G]
    left = total % 10
    return digits[_H] == 0 if left == 0 else 10 - left == digits[_H]


def _passes_14(rule: Rule, digits: Sequence[int]) -> bool:
    """Exception 14: where the last digit is 0, 1 or 9 it may be a type of account; the check is made again without it."""
    if digits[_H] not in {0, 1, 9}:
        return False
    without = [*digits[:_A], 0, *digits[_A:_H]]
    return _total(rule.method, without, rule.weights) % 11 == 0


def _total(method: Method, digits: Sequence[int], weights: Sequence[int]) -> int:
    products = [digit * weight for digit, weight in zip(digits, weights, strict=True)]
    if method is not Method.DBLAL:
        return sum(products)
    return sum(sum(_digits(str(abs(product)))) for product in products)


def _modulus(method: Method) -> int:
    return 11 if method is Method.MOD11 else 10


def _digits(text: str) -> list[int]:
    return [int(each) for each in text]
